package com.nineminds.alga.http.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that has to stop continues to serve for this time. */
class DrainSettingsTest {

  @Test
  void tenSecondsUnlessSaidOtherwise() {
    GivenSettings given = GivenSettings.of();
    assertThat(DrainSettings.read(given.settings()).drain()).isEqualTo(Duration.ofSeconds(10));
    assertThat(given.asked()).containsExactly("DRAIN_SECONDS");
    assertThat(drain("0")).isZero();
    assertThat(drain("300")).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "301", "soon", "1.5", ""})
  void anythingElseIsRefused(String value) {
    assertThatThrownBy(() -> drain(value))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage("DRAIN_SECONDS: expected a whole number from 0 to 300");
  }

  private static Duration drain(String value) {
    return DrainSettings.read(GivenSettings.of("DRAIN_SECONDS", value).settings()).drain();
  }
}
