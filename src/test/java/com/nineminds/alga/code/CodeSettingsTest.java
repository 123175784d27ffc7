package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names and defaults of the settings for codes. */
class CodeSettingsTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @Test
  void namesAndDefaults() {
    GivenSettings given = GivenSettings.of("CLAIM_CODE_KEY", KEY);
    CodeSettings settings = CodeSettings.read(given.settings());
    assertThat(settings.key().checkValue()).isEqualTo(new CodeKey(new byte[32]).checkValue());
    assertThat(settings.previous()).isEmpty();
    assertThat(settings.timeToLive()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.retryWindow()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.codeLength()).isEqualTo(8);
    assertThat(given.asked())
        .containsExactlyInAnyOrder(
            "CLAIM_CODE_KEY",
            "CLAIM_CODE_KEY_PREVIOUS",
            "CLAIM_CODE_TTL_SECONDS",
            "REDEEM_RETRY_WINDOW_SECONDS",
            "CLAIM_CODE_LENGTH");
  }

  @Test
  void everyValueCanBeSet() {
    byte[] previous = new byte[32];
    previous[0] = 1;
    CodeSettings settings =
        CodeSettings.read(
            GivenSettings.of("CLAIM_CODE_KEY", KEY)
                .with("CLAIM_CODE_KEY_PREVIOUS", Base64.getEncoder().encodeToString(previous))
                .with("CLAIM_CODE_TTL_SECONDS", "60")
                .with("REDEEM_RETRY_WINDOW_SECONDS", "0")
                .with("CLAIM_CODE_LENGTH", "16")
                .settings());
    assertThat(settings.previous().orElseThrow().checkValue())
        .isEqualTo(new CodeKey(previous).checkValue());
    assertThat(settings.timeToLive()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.retryWindow()).isZero();
    assertThat(settings.codeLength()).isEqualTo(16);
  }

  @Test
  void keyIsRequired() {
    assertThatThrownBy(() -> CodeSettings.read(GivenSettings.of().settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CLAIM_CODE_KEY: is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "aHVudGVyMg==", "hunter2hunter2hunter2hunter2hunt"})
  void keyMustBe32Bytes(String key) {
    for (String name : new String[] {"CLAIM_CODE_KEY", "CLAIM_CODE_KEY_PREVIOUS"}) {
      GivenSettings given = GivenSettings.of("CLAIM_CODE_KEY", KEY).with(name, key);
      assertThatThrownBy(() -> CodeSettings.read(given.settings()))
          .isInstanceOf(IllegalSetting.class)
          .hasMessage(name + ": expected 32 bytes in base64");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLAIM_CODE_TTL_SECONDS, 0",
    "CLAIM_CODE_TTL_SECONDS, 30d",
    "REDEEM_RETRY_WINDOW_SECONDS, -1",
    "CLAIM_CODE_LENGTH, 7",
    "CLAIM_CODE_LENGTH, 17"
  })
  void wrongNumberIsRefused(String name, String value) {
    GivenSettings given = GivenSettings.of("CLAIM_CODE_KEY", KEY).with(name, value);
    assertThatThrownBy(() -> CodeSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith(name + ": expected a whole number from ");
  }

  @Test
  void isShownWithoutTheKey() {
    GivenSettings given = GivenSettings.of("CLAIM_CODE_KEY", KEY);
    assertThat(CodeSettings.read(given.settings()).toString()).doesNotContain(KEY);
  }
}
