package com.nineminds.alga.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The settings for the deletion of old rows. */
class UpkeepSettingsTest {

  @Test
  void defaults() {
    GivenSettings given = GivenSettings.of();
    assertThat(UpkeepSettings.read(given.settings()))
        .isEqualTo(
            new UpkeepSettings(Duration.ofHours(1), Duration.ofDays(400), Duration.ofDays(90)));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "UPKEEP_INTERVAL_SECONDS", "CODE_RETENTION_DAYS", "IDEMPOTENCY_KEY_RETENTION_DAYS");
  }

  @Test
  void nothingIsDeletedWithinADay() {
    assertThatThrownBy(
            () -> UpkeepSettings.read(GivenSettings.of("CODE_RETENTION_DAYS", "0").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CODE_RETENTION_DAYS: ");
  }
}
