package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
    assertThat(page.page(Optional.empty()))
        .contains("Alga License", "openapi/ui")
        .doesNotContain("console", "<!--");
    assertThat(page.page(Optional.of("https://console.example/admin/")))
        .contains("href=\"https://console.example/admin/\"");
  }
}
