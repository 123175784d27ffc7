package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings for the addresses that appliances use. */
class ApplianceSettingsTest {

  private static final String NAME = "PUBLIC_BASE_URL";

  @Test
  void checkInUrlIsBuiltFromThePublicBaseUrl() {
    GivenSettings given = GivenSettings.of(NAME, "https://license.example.com");
    ApplianceSettings settings = ApplianceSettings.read(given.settings());
    assertThat(settings.checkInUrl()).isEqualTo("https://license.example.com/check-in");
    assertThat(given.asked()).containsExactly(NAME);
  }

  @Test
  void pathIsKeptAndTrailingSlashDropped() {
    assertThat(read("https://example.com/license/").checkInUrl())
        .isEqualTo("https://example.com/license/check-in");
  }

  @Test
  void isRequired() {
    assertThatThrownBy(() -> ApplianceSettings.read(GivenSettings.of().settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(NAME + ": is required");
  }

  @Test
  void mustBeAnAddress() {
    assertThatThrownBy(() -> read("license.example.com"))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(NAME + ": expected an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com?x=1", "https://example.com/license#x"})
  void hasNothingBehindItsPath(String url) {
    assertThatThrownBy(() -> read(url))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(NAME + ": expected an address like");
  }

  private static ApplianceSettings read(String url) {
    return ApplianceSettings.read(GivenSettings.of(NAME, url).settings());
  }
}
