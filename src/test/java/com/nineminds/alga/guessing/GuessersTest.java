package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Attackers know the limits, and guess whenever they may, at three nodes with the default settings.
 * They guess a thousand times a second. The results are the numbers of security.md.
 */
class GuessersTest {

  /** The guesses for each hit among 10,000 live codes of 8 characters. */
  private static final double GUESSES_FOR_A_HIT = Math.pow(31, 8) / 10_000;

  private static final GuessingSettings DEFAULTS =
      GuessingSettings.read(GivenSettings.of().settings());

  private final PlayedBuckets buckets = new PlayedBuckets().forgettingTries();
  private final List<PlayedNode> nodes =
      IntStream.range(0, 3).mapToObj(i -> new PlayedNode(buckets, DEFAULTS)).toList();

  private int turn;

  /** The number of guesses of that many attackers until the end of each day. */
  private long[] play(int days, int rounds, int attackers, IntFunction<String> address) {
    long[] until = new long[days];
    long guesses = 0;
    for (int day = 0; day < days; day++) {
      for (int round = 0; round < rounds; round++, buckets.time.pass(perRound(rounds))) {
        long guessed;
        do {
          guessed = IntStream.range(0, attackers).filter(i -> guess(address.apply(i))).count();
          guesses += guessed;
        } while (guessed > 0);
      }
      buckets.dropFull();
      until[day] = guesses;
    }
    return until;
  }

  private static Duration perRound(int rounds) {
    return Duration.ofDays(1).dividedBy(rounds);
  }

  private boolean guess(String address) {
    turn++;
    boolean answered = nodes.get(turn % nodes.size()).guess(address).isEmpty();
    if (answered) {
      buckets.time.pass(Duration.ofMillis(1));
    }
    return answered;
  }

  /** An address in the site. Each guess comes from another of its 65,536 networks. */
  private String inSite(int site) {
    return "2001:db8:%x:%x::1".formatted(site, turn % 65_536);
  }

  private static String address(int i) {
    return "198." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250;
  }

  private static double years(double guessesPerDay) {
    return GUESSES_FOR_A_HIT / guessesPerDay / 365;
  }

  @Test
  void oneSiteHasTenNetworksTries() {
    long[] guesses = play(30, 12, 1, this::inSite);
    // 2,500 at once, and 2,500 a day
    assertThat(guesses[0]).isBetween(2_500L, 5_000L);
    assertThat(guesses[29]).isBetween(2_500L * 30, 2_500L * 31 + 10);
    assertThat(years(2_500)).isBetween(93.0, 94.0);
  }

  @Test
  void hundredSitesGetTenThousandADayInTheLongRun() {
    long[] guesses = play(12, 4, 100, this::inSite);
    // the sites use up their first tries within days
    assertThat(guesses[4]).isBetween(250_000L, 320_000L);
    assertThat((guesses[11] - guesses[5]) / 6.0).isBetween(9_000.0, 11_000.0);
    assertThat(years(10_000)).isBetween(23.0, 24.0);
  }

  @Test
  void firstHitOfAThousandAddressesIsMoreThanTenYearsAway() {
    long[] guesses = play(180, 2, 1_000, GuessersTest::address);
    assertThat(guesses[4]).isBetween(250_000L, 320_000L);
    assertThat((guesses[179] - guesses[9]) / 170.0).isBetween(9_000.0, 11_000.0);
    assertThat(years(guesses[179] / 180.0)).isBetween(10.0, 30.0);
  }

  @Test
  void hundredThousandAddressesHaveFewTriesEach() {
    long[] guesses = play(2, 2, 100_000, GuessersTest::address);
    // 100,000 guesses until it is a great flood, and then five for each address
    assertThat(guesses[0]).isBetween(600_000L, 610_000L);
    assertThat((double) (guesses[1] - guesses[0])).isBetween(99_000.0, 110_000.0);
    assertThat(years(100_000)).isBetween(2.3, 2.4);
  }
}
