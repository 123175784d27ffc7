package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service secret, and the previous one. */
class HttpSettingsTest {

  private static final String SECRET = "ALGA_LICENSE_SERVICE_SECRET";
  private static final String PREVIOUS = "ALGA_LICENSE_SERVICE_SECRET_PREVIOUS";

  @Test
  void namesAreThoseOfTheContract() {
    GivenSettings given = GivenSettings.of(SECRET, "now");
    HttpSettings.read(given.settings());
    assertThat(given.asked()).containsExactlyInAnyOrder(SECRET, PREVIOUS, "TRUSTED_PROXY_HOPS");
  }

  @Test
  void onlyTheSecretIsTheSecret() {
    HttpSettings settings = HttpSettings.read(GivenSettings.of(SECRET, "now").settings());
    assertThat(settings.isServiceSecret("now")).isTrue();
    assertThat(settings.isServiceSecret("Now")).isFalse();
    assertThat(settings.isServiceSecret("now ")).isFalse();
    assertThat(settings.isServiceSecret("no")).isFalse();
    assertThat(settings.isServiceSecret("")).isFalse();
  }

  @Test
  void previousSecretCountsTooWhileItIsSet() {
    HttpSettings settings =
        HttpSettings.read(GivenSettings.of(SECRET, "now", PREVIOUS, "before").settings());
    assertThat(settings.isServiceSecret("now")).isTrue();
    assertThat(settings.isServiceSecret("before")).isTrue();
    assertThat(settings.isServiceSecret("nowbefore")).isFalse();
  }

  @Test
  void secretIsRequired() {
    assertThatThrownBy(() -> HttpSettings.read(GivenSettings.of(PREVIOUS, "before").settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(SECRET + ": is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", " hunter2", "hunter2 "})
  void blankOrPaddedSecretIsRefused(String secret) {
    assertThatThrownBy(() -> HttpSettings.read(GivenSettings.of(SECRET, secret).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(SECRET + ": must not be blank")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(
            () -> HttpSettings.read(GivenSettings.of(SECRET, "now", PREVIOUS, secret).settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(PREVIOUS + ": must not be blank");
  }
}
