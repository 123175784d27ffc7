package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.guessing.GuessingSettings.Limit;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits on guessing together, with the buckets of the library and a simulated clock. */
class GuessingSettingsTest {

  private static final GuessingSettings DEFAULTS =
      GuessingSettings.read(GivenSettings.of().settings());

  private final PlayedBuckets buckets = new PlayedBuckets();

  @Test
  void namesAndDefaults() {
    GivenSettings given = GivenSettings.of();
    assertThat(GuessingSettings.read(given.settings()))
        .isEqualTo(new GuessingSettings(250, 5, 10_000, 100_000, 2_500, 100));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "FAILED_REDEEMS_PER_DAY",
            "FAILED_REDEEMS_PER_DAY_IN_FLOOD",
            "FAILED_REDEEMS_PER_DAY_OF_ALL",
            "FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD",
            "FAILED_CHECK_INS_PER_DAY",
            "FAILED_SERVICE_SECRETS_PER_DAY");
  }

  @Test
  void everyValueCanBeSet() {
    assertThat(
            GuessingSettings.read(
                GivenSettings.of("FAILED_REDEEMS_PER_DAY", "40")
                    .with("FAILED_REDEEMS_PER_DAY_IN_FLOOD", "3")
                    .with("FAILED_REDEEMS_PER_DAY_OF_ALL", "700")
                    .with("FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD", "7000")
                    .with("FAILED_CHECK_INS_PER_DAY", "90")
                    .with("FAILED_SERVICE_SECRETS_PER_DAY", "11")
                    .settings()))
        .isEqualTo(new GuessingSettings(40, 3, 700, 7_000, 90, 11));
  }

  @Test
  void fewTriesAreNoMoreInAFlood() {
    assertThat(
            GuessingSettings.read(GivenSettings.of("FAILED_REDEEMS_PER_DAY", "2").settings())
                .of(SecretKind.claim_code, FloodLevel.flood))
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

  @Test
  void greatFloodIsNoSmallerThanAFlood() {
    assertThat(
            GuessingSettings.read(
                    GivenSettings.of("FAILED_REDEEMS_PER_DAY_OF_ALL", "200000").settings())
                .codesOfGreatFlood())
        .isEqualTo(200_000);
    assertThatThrownBy(
            () ->
                GuessingSettings.read(
                    GivenSettings.of("FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD", "9999").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD: must not be less");
  }

  @Test
  void networkHasFewerTriesTheLargerTheFlood() {
    assertThat(DEFAULTS.of(SecretKind.claim_code, FloodLevel.none)).isEqualTo(new Limit(250, 250));
    assertThat(DEFAULTS.of(SecretKind.claim_code, FloodLevel.flood)).isEqualTo(new Limit(250, 5));
    assertThat(DEFAULTS.of(SecretKind.claim_code, FloodLevel.great_flood))
        .isEqualTo(new Limit(5, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_REDEEMS_PER_DAY, 0",
    "FAILED_REDEEMS_PER_DAY_IN_FLOOD, 0",
    "FAILED_REDEEMS_PER_DAY_OF_ALL, many",
    "FAILED_REDEEMS_PER_DAY_OF_GREAT_FLOOD, -1",
    "FAILED_CHECK_INS_PER_DAY, -1",
    "FAILED_SERVICE_SECRETS_PER_DAY, 0"
  })
  void wrongNumberIsRefused(String name, String value) {
    assertThatThrownBy(() -> GuessingSettings.read(GivenSettings.of(name, value).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": expected a whole number from ");
  }

  @Test
  void networkHasATryAfterTheWaitThatItWasTold() {
    for (FloodLevel level : FloodLevel.values()) {
      Limit limit = DEFAULTS.of(SecretKind.claim_code, level);
      Bucket network = buckets.of("network in " + level, limit.bucket());
      network.consumeIgnoringRateLimits(limit.atOnce() + 3);
      long told = network.estimateAbilityToConsume(1).getNanosToWaitForRefill();
      assertThat(told).isPositive();
      buckets.time.pass(Duration.ofNanos(told).minusSeconds(1));
      assertThat(network.getAvailableTokens()).isLessThan(1);
      buckets.time.pass(Duration.ofSeconds(1));
      assertThat(network.getAvailableTokens()).isEqualTo(1);
    }
  }

  @Test
  void floodIsOverADayAfterIt() {
    for (int perDay : new int[] {DEFAULTS.codesOfAll(), DEFAULTS.codesOfGreatFlood()}) {
      Bucket all = buckets.of("all " + perDay, GuessingSettings.ofAll(perDay));
      all.tryConsumeAsMuchAsPossible(1_000_000);
      buckets.time.pass(Duration.ofHours(23));
      assertThat(all.getAvailableTokens()).isLessThan(perDay);
      buckets.time.pass(Duration.ofHours(1));
      assertThat(all.getAvailableTokens()).isEqualTo(perDay);
    }
  }

  @Test
  void siteHasTheTriesOfItsNetworksUpToTheLargestNumber() {
    assertThat(new Limit(250, 5).times(10)).isEqualTo(new Limit(2_500, 50));
    assertThat(new Limit(1_000_000_000, 1).times(10)).isEqualTo(new Limit(1_000_000_000, 10));
  }

  @ParameterizedTest
  @CsvSource({"5, 60", "60, 60", "61, 61", "250, 250"})
  void networkMayRepeatAsOftenAMinuteAsItMayFailADayAndSixtyTimesAtLeast(
      String perDay, int repeats) {
    GuessingSettings settings =
        GuessingSettings.read(GivenSettings.of("FAILED_REDEEMS_PER_DAY", perDay).settings());
    assertThat(settings.repeatsPerMinute()).isEqualTo(repeats);
  }
}
