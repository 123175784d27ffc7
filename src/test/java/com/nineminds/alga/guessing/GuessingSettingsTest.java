package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.guessing.GuessingSettings.Allowance;
import com.nineminds.alga.guessing.GuessingSettings.Limit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the limits on guessing add up to, on the library's own buckets and a clock of our own. */
class GuessingSettingsTest {

  private static final double LIVE_CODES = 10_000;
  private static final int ADDRESSES = 1_000;
  private static final GuessingSettings DEFAULTS =
      GuessingSettings.read(GivenSettings.of().settings());

  private final Time time = new Time();

  private static final class Time implements TimeMeter {
    private long nanos;

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    void pass(Duration duration) {
      nanos += duration.toNanos();
    }
  }

  @Test
  void namesAndDefaults() {
    GivenSettings given = GivenSettings.of();
    assertThat(GuessingSettings.read(given.settings()))
        .isEqualTo(new GuessingSettings(new Limit(250, 5), 10_000, new Limit(2_500, 2_500)));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "FAILED_REDEEMS_PER_DAY",
            "FAILED_REDEEMS_PER_DAY_IN_FLOOD",
            "FAILED_REDEEMS_PER_DAY_OF_ALL",
            "FAILED_CHECK_INS_PER_DAY");
  }

  @Test
  void everyValueCanBeSet() {
    assertThat(
            GuessingSettings.read(
                GivenSettings.of("FAILED_REDEEMS_PER_DAY", "40")
                    .with("FAILED_REDEEMS_PER_DAY_IN_FLOOD", "3")
                    .with("FAILED_REDEEMS_PER_DAY_OF_ALL", "700")
                    .with("FAILED_CHECK_INS_PER_DAY", "90")
                    .settings()))
        .isEqualTo(new GuessingSettings(new Limit(40, 3), 700, new Limit(90, 90)));
  }

  @Test
  void fewTriesAreNoMoreInAFlood() {
    assertThat(
            GuessingSettings.read(GivenSettings.of("FAILED_REDEEMS_PER_DAY", "2").settings())
                .codes())
        .isEqualTo(new Limit(2, 2));
    assertThatThrownBy(
            () ->
                GuessingSettings.read(
                    GivenSettings.of("FAILED_REDEEMS_PER_DAY", "2")
                        .with("FAILED_REDEEMS_PER_DAY_IN_FLOOD", "3")
                        .settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("FAILED_REDEEMS_PER_DAY_IN_FLOOD: must not be more");
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_REDEEMS_PER_DAY, 0",
    "FAILED_REDEEMS_PER_DAY_IN_FLOOD, 0",
    "FAILED_REDEEMS_PER_DAY_OF_ALL, many",
    "FAILED_CHECK_INS_PER_DAY, -1"
  })
  void wrongNumberIsRefused(String name, String value) {
    assertThatThrownBy(() -> GuessingSettings.read(GivenSettings.of(name, value).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": expected a whole number from ");
  }

  /**
   * A thousand addresses that know the limits and guess whenever they may, for half a year, against
   * 10,000 live codes of 8 characters.
   */
  @Test
  void firstHitOfAThousandAddressesIsMoreThanTenYearsAway() {
    List<Bucket> networks =
        Stream.generate(() -> bucket(DEFAULTS.codes().bucket())).limit(ADDRESSES).toList();
    Bucket all = bucket(DEFAULTS.ofAll());
    int days = 180;
    long guesses = 0;
    for (int hour = 0; hour < days * 24; hour++, time.pass(Duration.ofHours(1))) {
      long guessed;
      do {
        boolean flood = all.getAvailableTokens() < DEFAULTS.codesOfAll();
        guessed = networks.stream().filter(network -> guess(network, flood)).count();
        // the nodes hear of a round after it: as late as a second's worth of guesses can be
        if (guessed > 0) {
          all.tryConsumeAsMuchAsPossible(guessed);
        }
        guesses += guessed;
      } while (guessed > 0);
    }
    double hitsInAYear = guesses / (double) days * 365 * LIVE_CODES / Math.pow(31, 8);
    assertThat(1 / hitsInAYear).isBetween(10.0, 30.0);
  }

  private static boolean guess(Bucket network, boolean flood) {
    if (left(network).tries(flood) < 1) {
      return false;
    }
    network.consumeIgnoringRateLimits(1);
    return true;
  }

  @Test
  void whoeverWaitsAsLongAsToldHasATry() {
    for (boolean flood : new boolean[] {false, true}) {
      Bucket network = bucket(DEFAULTS.codes().bucket());
      network.consumeIgnoringRateLimits(DEFAULTS.codes().perDay() + 3);
      Duration delay = left(network).delay(flood);
      assertThat(delay).isPositive();
      time.pass(delay.minusSeconds(1));
      assertThat(left(network).tries(flood)).isLessThan(1);
      time.pass(Duration.ofSeconds(1));
      assertThat(left(network).tries(flood)).isEqualTo(1);
      assertThat(left(network).delay(flood)).isZero();
    }
  }

  @Test
  void floodIsOverADayAfterIt() {
    Bucket all = bucket(DEFAULTS.ofAll());
    all.tryConsumeAsMuchAsPossible(1_000_000);
    time.pass(Duration.ofHours(23));
    assertThat(all.getAvailableTokens()).isLessThan(DEFAULTS.codesOfAll());
    time.pass(Duration.ofHours(1));
    assertThat(all.getAvailableTokens()).isEqualTo(DEFAULTS.codesOfAll());
  }

  @Test
  void siteHasTheTriesOfItsNetworksUpToTheLargestNumber() {
    assertThat(new Limit(250, 5).times(10)).isEqualTo(new Limit(2_500, 50));
    assertThat(new Limit(1_000_000_000, 1).times(10)).isEqualTo(new Limit(1_000_000_000, 10));
  }

  @Test
  void narrowerOfTwoAllowancesCounts() {
    Allowance both =
        new Limit(10, 10)
            .allowance(new long[] {5, -1})
            .and(new Limit(5, 5).allowance(new long[] {0, 4}));
    assertThat(both.tries(false)).isZero();
    assertThat(both.tries(true)).isEqualTo(-1);
    assertThat(both.delay(false)).isEqualTo(Duration.ofDays(1).dividedBy(5));
    assertThat(both.delay(true)).isEqualTo(Duration.ofDays(2).dividedBy(10));
  }

  private static Allowance left(Bucket network) {
    return DEFAULTS
        .codes()
        .allowance(
            network
                .asVerbose()
                .getAvailableTokens()
                .getDiagnostics()
                .getAvailableTokensPerEachBandwidth());
  }

  private Bucket bucket(BucketConfiguration configuration) {
    var builder = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : configuration.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return builder.build();
  }
}
