package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names and defaults of the settings for licenses. */
class LicenseSettingsTest {

  private static final KeyPair SIGNING = TestKeys.p256();
  private static final String PRIVATE_KEY = TestKeys.pkcs8(SIGNING);

  @TempDir Path directory;

  @Test
  void namesAndDefaults() {
    GivenSettings given = required();
    LicenseSettings settings = LicenseSettings.read(given.settings());
    assertThat(settings.keys().kid()).isEqualTo("now");
    assertThat(settings.connected()).isEqualTo(Duration.ofDays(31));
    assertThat(settings.airgap()).isEqualTo(Duration.ofDays(396));
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "ALGA_LICENSE_KID",
            "ALGA_LICENSE_PRIVATE_KEY",
            "ALGA_LICENSE_PUBLISHED_KEYS_DIR",
            "CONNECTED_LICENSE_DAYS",
            "AIRGAP_LICENSE_DAYS");
  }

  @Test
  void everyValueCanBeSet() throws IOException {
    Files.writeString(directory.resolve("now.pem"), TestKeys.publicPem(SIGNING));
    LicenseSettings settings =
        LicenseSettings.read(
            required()
                .with("ALGA_LICENSE_PUBLISHED_KEYS_DIR", directory.toString())
                .with("CONNECTED_LICENSE_DAYS", "7")
                .with("AIRGAP_LICENSE_DAYS", "800")
                .settings());
    assertThat(settings.keys().published()).containsOnlyKeys("now");
    assertThat(settings.connected()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.airgap()).isEqualTo(Duration.ofDays(800));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALGA_LICENSE_KID", "ALGA_LICENSE_PRIVATE_KEY"})
  void missingOneIsNamed(String name) {
    assertThatThrownBy(() -> LicenseSettings.read(required().without(name).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": is required");
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTED_LICENSE_DAYS, 0",
    "CONNECTED_LICENSE_DAYS, month",
    "AIRGAP_LICENSE_DAYS, 0",
    "AIRGAP_LICENSE_DAYS, 99999"
  })
  void wrongNumberOfDaysIsRefused(String name, String value) {
    assertThatThrownBy(() -> LicenseSettings.read(required().with(name, value).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessage(name + ": expected a whole number from 1 to 3660");
  }

  @Test
  void isShownWithoutThePrivateKey() {
    assertThat(LicenseSettings.read(required().settings()).toString()).doesNotContain("PRIVATE");
  }

  private static GivenSettings required() {
    return GivenSettings.of("ALGA_LICENSE_KID", "now", "ALGA_LICENSE_PRIVATE_KEY", PRIVATE_KEY);
  }
}
