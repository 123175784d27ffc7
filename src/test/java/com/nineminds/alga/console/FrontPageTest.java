package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.GivenSettings;
import com.nineminds.alga.operator.OperatorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a browser gets the page at the root. */
class FrontPageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "application/json, text/html;q=0.5",
        "text/html;q=0.01",
        "text/html;level=1"
      })
  void clientThatAcceptsHtmlIsABrowser(String accept) {
    assertThat(FrontPage.isBrowser(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/*",
        "application/json",
        "application/problem+json, */*",
        "text/html;q=0",
        "text/html; q=0.0, */*",
        "text/html-x",
        "xtext/html"
      })
  void otherClientIsNone(String accept) {
    assertThat(FrontPage.isBrowser(accept)).isFalse();
  }

  @Test
  void clientThatSaysNothingIsNone() {
    assertThat(FrontPage.isBrowser(null)).isFalse();
  }

  @Test
  void pageLeadsToTheConsoleOnlyIfThereIsOne() {
    FrontPage page = new FrontPage();
    GivenSettings given = GivenSettings.of("PUBLIC_BASE_URL", "https://apps.example/license");
    assertThat(page.page(OperatorSettings.read(given.settings())))
        .contains("Alga License", "openapi/ui")
        .doesNotContain("/admin/");
    given
        .with("CONSOLE_BASE_URL", "https://Console.example/")
        .with(
            "CONSOLE_OPERATORS",
            "anna:PBKDF2WithHmacSHA256:600000:c2FsdHNhbHRzYWx0c2FsdA==:"
                + "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=");
    assertThat(page.page(OperatorSettings.read(given.settings())))
        .contains("href=\"https://console.example/admin/\"");
  }
}
