package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The settings for registrations. */
class RegistrationSettingsTest {

  @Test
  void defaults() {
    GivenSettings given = GivenSettings.of();
    assertThat(RegistrationSettings.read(given.settings()))
        .isEqualTo(new RegistrationSettings(Duration.ofMinutes(10)));
    assertThat(given.asked()).containsExactly("REGISTRATION_REPEAT_SECONDS");
  }

  @Test
  void zeroSwitchesRepeatsOff() {
    GivenSettings given = GivenSettings.of("REGISTRATION_REPEAT_SECONDS", "0");
    assertThat(RegistrationSettings.read(given.settings()).repeat()).isZero();
  }

  @Test
  void negativeTimeIsRefused() {
    assertThatThrownBy(
            () ->
                RegistrationSettings.read(
                    GivenSettings.of("REGISTRATION_REPEAT_SECONDS", "-1").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("REGISTRATION_REPEAT_SECONDS: ");
  }
}
