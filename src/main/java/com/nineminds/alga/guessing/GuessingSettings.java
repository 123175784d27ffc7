package com.nineminds.alga.guessing;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many tries may fail within a day.
 *
 * @param codes wrong codes of one network
 * @param codesInFlood wrong codes of one network that used up its tries, during a flood
 * @param codesOfAll wrong codes of all networks together, before it is a flood
 * @param codesOfGreatFlood wrong codes of all networks together, before it is a great flood
 * @param credentials wrong credentials of one network
 * @param secrets wrong service secrets of one network
 */
public record GuessingSettings(
    int codes,
    int codesInFlood,
    int codesOfAll,
    int codesOfGreatFlood,
    int credentials,
    int secrets) {

  private static final int MOST = 1_000_000_000;
  private static final int FEWEST_REPEATS = 60;

  /**
   * Reads {@code FAILED_REDEEMS_PER_DAY…}, {@code FAILED_CHECK_INS_PER_DAY} and {@code
   * FAILED_SERVICE_SECRETS_PER_DAY}.
   */
  public static GuessingSettings read(Settings settings) {
    int codes = settings.number("FAILED_REDEEMS_PER_DAY", 250, 1, MOST);
    String inFlood = "FAILED_REDEEMS_PER_DAY_IN_FLOOD";
    // without a setting of its own, a flood allows no more tries than the normal state
    int codesInFlood = settings.number(inFlood, Math.min(5, codes), 1, MOST);
    if (codesInFlood > codes) {
      throw new IllegalSetting(inFlood, "must not be more than FAILED_REDEEMS_PER_DAY");
    }
    int ofAll = settings.number("FAILED_REDEEMS_PER_DAY_OF_ALL", 10_000, 1, MOST);
    String great = "FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD";
    int ofGreatFlood = settings.number(great, Math.max(100_000, ofAll), 1, MOST);
    if (ofGreatFlood < ofAll) {
      throw new IllegalSetting(great, "must not be less than FAILED_REDEEMS_PER_DAY_OF_ALL");
    }
    return new GuessingSettings(
        codes,
        codesInFlood,
        ofAll,
        ofGreatFlood,
        settings.number("FAILED_CHECK_INS_PER_DAY", 2_500, 1, MOST),
        settings.number("FAILED_SERVICE_SECRETS_PER_DAY", 100, 1, MOST));
  }

  /**
   * How often a minute one network may repeat tries that are known to be wrong. They are no
   * guesses: many machines behind one address may try the same used code, and each of them is told
   * that it is used.
   */
  int repeatsPerMinute() {
    return Math.max(FEWEST_REPEATS, codes);
  }

  /** The limit of one network for this kind of secret at this level. */
  Limit of(SecretKind what, FloodLevel level) {
    return switch (what) {
      case claim_code ->
          switch (level) {
            case none -> new Limit(codes, codes);
            case flood -> new Limit(codes, codesInFlood);
            case great_flood -> new Limit(codesInFlood, 1);
          };
      case credential -> new Limit(credentials, credentials);
      case service_secret -> new Limit(secrets, secrets);
    };
  }

  /**
   * The tries of all networks together. The bucket holds the tries of two days. There is a flood
   * while less than one day's tries are left. The flood ends within a day after the failures stop.
   */
  static BucketConfiguration ofAll(int perDay) {
    return bucket(2L * perDay, perDay);
  }

  private static BucketConfiguration bucket(long tokens, int perDay) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(tokens).refillGreedy(perDay, Duration.ofDays(1)))
        .build();
  }

  /**
   * A token bucket.
   *
   * @param atOnce its capacity
   * @param perDay the tokens that it regains within a day
   */
  record Limit(int atOnce, int perDay) {

    BucketConfiguration bucket() {
      return GuessingSettings.bucket(atOnce, perDay);
    }

    /** The limit of that many networks together. */
    Limit times(int networks) {
      return new Limit(
          (int) Math.min(MOST, (long) atOnce * networks),
          (int) Math.min(MOST, (long) perDay * networks));
    }
  }
}
