package com.nineminds.alga.guessing;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many tries may fail, within a day (a token bucket: that many at once, and as many again over
 * a day).
 *
 * @param codes of one network
 * @param codesOfAll together, before it is a flood
 * @param credentials of one network
 */
public record GuessingSettings(Limit codes, int codesOfAll, Limit credentials) {

  private static final int MOST = 1_000_000_000;

  /** Reads {@code FAILED_REDEEMS_PER_DAY…} and {@code FAILED_CHECK_INS_PER_DAY}. */
  public static GuessingSettings read(Settings settings) {
    int codes = settings.number("FAILED_REDEEMS_PER_DAY", 250, 1, MOST);
    String inFlood = "FAILED_REDEEMS_PER_DAY_IN_FLOOD";
    // who wants fewer tries than that at all, wants no more in a flood
    int codesInFlood = settings.number(inFlood, Math.min(5, codes), 1, MOST);
    if (codesInFlood > codes) {
      throw new IllegalSetting(inFlood, "must not be more than FAILED_REDEEMS_PER_DAY");
    }
    int credentials = settings.number("FAILED_CHECK_INS_PER_DAY", 2_500, 1, MOST);
    return new GuessingSettings(
        new Limit(codes, codesInFlood),
        settings.number("FAILED_REDEEMS_PER_DAY_OF_ALL", 10_000, 1, MOST),
        new Limit(credentials, credentials));
  }

  Limit of(Guessed what) {
    return switch (what) {
      case claim_code -> codes;
      case credential -> credentials;
    };
  }

  /**
   * The tries of all together. It holds two days' worth: below one, it is a flood; and however much
   * it is overdrawn, it is over a day after.
   */
  BucketConfiguration ofAll() {
    return BucketConfiguration.builder()
        .addLimit(
            limit -> limit.capacity(2L * codesOfAll).refillGreedy(codesOfAll, Duration.ofDays(1)))
        .build();
  }

  /**
   * The tries of one network.
   *
   * @param perDay at once, and again over a day
   * @param perDayInFlood what comes back over a day while there is a flood: far less for those who
   *     failed often lately, as many at once for everybody else
   */
  public record Limit(int perDay, int perDayInFlood) {

    /** Two limits, both always counted: the one of every day, then the one of a flood. */
    BucketConfiguration bucket() {
      return BucketConfiguration.builder()
          .addLimit(limit -> limit.capacity(perDay).refillGreedy(perDay, Duration.ofDays(1)))
          .addLimit(limit -> limit.capacity(perDay).refillGreedy(perDayInFlood, Duration.ofDays(1)))
          .build();
    }

    /** What is left, by the tokens of the two limits; they are below 0 when overdrawn. */
    Allowance allowance(long[] tokens) {
      return new Allowance(
          tokens[0], tokens[1], delay(tokens[0], perDay), delay(tokens[1], perDayInFlood));
    }

    private static Duration delay(long tokens, int perDay) {
      return tokens >= 1
          ? Duration.ZERO
          : Duration.ofDays(1).multipliedBy(1 - tokens).dividedBy(perDay);
    }

    /** The limit of that many networks together. */
    Limit times(int networks) {
      return new Limit(
          (int) Math.min(MOST, (long) perDay * networks),
          (int) Math.min(MOST, (long) perDayInFlood * networks));
    }
  }

  /**
   * What is left to a network.
   *
   * @param tries in whole; below 0 when overdrawn
   * @param triesInFlood the same, while there is a flood
   * @param delay until there is a try; zero where there is one
   * @param delayInFlood the same, while there is a flood
   */
  record Allowance(long tries, long triesInFlood, Duration delay, Duration delayInFlood) {

    /** The narrower of the two, of a network and of the site that it is part of. */
    Allowance and(Allowance other) {
      return new Allowance(
          Math.min(tries, other.tries),
          Math.min(triesInFlood, other.triesInFlood),
          longer(delay, other.delay),
          longer(delayInFlood, other.delayInFlood));
    }

    long tries(boolean flood) {
      return flood ? Math.min(tries, triesInFlood) : tries;
    }

    Duration delay(boolean flood) {
      return flood ? longer(delay, delayInFlood) : delay;
    }

    private static Duration longer(Duration one, Duration other) {
      return one.compareTo(other) > 0 ? one : other;
    }
  }
}
