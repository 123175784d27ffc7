package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the service secret and of the previous one. */
class HttpSettingsTest {

  private static final String SECRET = "ALGA_LICENSE_SERVICE_SECRET";
  private static final String PREVIOUS = "ALGA_LICENSE_SERVICE_SECRET_PREVIOUS";

  private static final String NOW = "the secret of now, 32 characters";
  private static final String BEFORE = "the secret of before, characters";

  @Test
  void namesAreThoseOfTheContract() {
    GivenSettings given = GivenSettings.of(SECRET, NOW);
    HttpSettings.read(given.settings());
    assertThat(given.asked()).containsExactlyInAnyOrder(SECRET, PREVIOUS, "TRUSTED_PROXY_HOPS");
  }

  @Test
  void onlyTheSecretIsTheSecret() {
    HttpSettings settings = HttpSettings.read(GivenSettings.of(SECRET, NOW).settings());
    assertThat(settings.isServiceSecret(NOW)).isTrue();
    assertThat(settings.isServiceSecret(NOW.toUpperCase(Locale.ROOT))).isFalse();
    assertThat(settings.isServiceSecret(NOW + " ")).isFalse();
    assertThat(settings.isServiceSecret(NOW.substring(1))).isFalse();
    assertThat(settings.isServiceSecret("")).isFalse();
  }

  @Test
  void previousSecretCountsTooWhileItIsSet() {
    HttpSettings settings =
        HttpSettings.read(GivenSettings.of(SECRET, NOW, PREVIOUS, BEFORE).settings());
    assertThat(settings.isServiceSecret(NOW)).isTrue();
    assertThat(settings.isServiceSecret(BEFORE)).isTrue();
    assertThat(settings.isServiceSecret(NOW + BEFORE)).isFalse();
  }

  @Test
  void secretIsRequired() {
    assertThatThrownBy(() -> HttpSettings.read(GivenSettings.of(PREVIOUS, BEFORE).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(SECRET + ": is required");
  }

  @Test
  void secretOfFewerThan32CharactersIsRefused() {
    String tooShort = NOW.substring(1);
    assertThat(tooShort).hasSize(31);
    assertThatThrownBy(() -> HttpSettings.read(GivenSettings.of(SECRET, tooShort).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(SECRET + ": must have at least 32 characters")
        .hasMessageNotContaining(tooShort);
    assertThatThrownBy(
            () -> HttpSettings.read(GivenSettings.of(SECRET, NOW, PREVIOUS, tooShort).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(PREVIOUS + ": must have at least 32 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", " hunter2", "hunter2 "})
  void blankOrPaddedSecretIsRefused(String secret) {
    assertThatThrownBy(() -> HttpSettings.read(GivenSettings.of(SECRET, secret).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(SECRET + ": must not be blank")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(
            () -> HttpSettings.read(GivenSettings.of(SECRET, NOW, PREVIOUS, secret).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(PREVIOUS + ": must not be blank");
  }
}
