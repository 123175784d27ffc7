package com.nineminds.alga.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.config.IllegalSetting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The links of the console begin at the root, so its address has no path. */
class ConsoleAddressTest {

  private static GivenSettings passwords() {
    return GivenSettings.of(
        "PUBLIC_BASE_URL",
        "https://license.example",
        "CONSOLE_OPERATORS",
        "anna:PBKDF2WithHmacSHA256:600000:c2FsdHNhbHRzYWx0c2FsdA==:"
            + "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=");
  }

  private static GivenSettings provider() {
    return GivenSettings.of(
        "PUBLIC_BASE_URL",
        "https://license.example",
        "CONSOLE_OIDC_DISCOVERY_URL",
        "https://id.example/.well-known/openid-configuration",
        "CONSOLE_OIDC_CLIENT_ID",
        "console",
        "CONSOLE_OIDC_CLIENT_SECRET",
        "hunter2",
        "CONSOLE_OIDC_GROUP",
        "operators");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://apps.example/license",
        "https://apps.example/license/",
        "https://apps.example/a/b",
        "https://apps.example//x",
        "https://apps.example/%2e"
      })
  void consoleBelowAPathIsRefusedInOneLineThatNamesTheSetting(String address) {
    assertRefused(passwords().with("CONSOLE_BASE_URL", address), "CONSOLE_BASE_URL: ");
    assertRefused(provider().with("CONSOLE_BASE_URL", address), "CONSOLE_BASE_URL: ");
    assertRefused(
        GivenSettings.of("PUBLIC_BASE_URL", "https://x.example", "CONSOLE_BASE_URL", address),
        "CONSOLE_BASE_URL: ");
    assertRefused(passwords().with("PUBLIC_BASE_URL", address), "which has a path");
    assertRefused(provider().with("PUBLIC_BASE_URL", address), "which has a path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://apps.example?x=1",
        "https://apps.example/?x=1",
        "https://apps.example/#x",
        "https://anna@apps.example"
      })
  void addressWithMoreThanAHostIsRefusedInOneLineThatNamesTheSetting(String address) {
    for (String name : List.of("CONSOLE_BASE_URL", "PUBLIC_BASE_URL")) {
      for (GivenSettings given : List.of(passwords(), provider())) {
        assertThatThrownBy(() -> OperatorSettings.read(given.with(name, address).settings()))
            .isInstanceOf(IllegalSetting.class)
            .hasMessageStartingWith(name + ": ")
            .message()
            .hasLineCount(1);
      }
    }
  }

  private static void assertRefused(GivenSettings given, String part) {
    assertThatThrownBy(() -> OperatorSettings.read(given.settings()))
        .isInstanceOf(IllegalSetting.class)
        .hasMessageStartingWith("CONSOLE_BASE_URL: ")
        .hasMessageContaining(part)
        .message()
        .hasLineCount(1);
  }

  @Test
  void serviceBelowAPathMayHaveItsConsoleElsewhereOrNone() {
    String below = "https://apps.example/license";
    assertThat(
            OperatorSettings.read(
                    passwords()
                        .with("PUBLIC_BASE_URL", below)
                        .with("CONSOLE_BASE_URL", "https://console.example/")
                        .settings())
                .origin())
        .isEqualTo("https://console.example");
    assertThat(OperatorSettings.read(GivenSettings.of("PUBLIC_BASE_URL", below).settings()).on())
        .isFalse();
  }
}
