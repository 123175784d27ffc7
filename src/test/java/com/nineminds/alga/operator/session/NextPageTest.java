package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {

  private static final URI CONSOLE = URI.create("https://console.example/admin/sign-in");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/overview",
        "/admin/",
        "/admin/tenant?id=413d4757-d04f-4f85-9ea7-37682cc0950c&do=suspend",
        "/admin/tenants?query=M%C3%BCller+%26+Co&sort=company_desc",
        "/admin/tenants?query=it@acme.example",
        "/admin/activity?before=12"
      })
  void aPageOfOursIsKept(String page) {
    assertThat(NextPage.of(page)).isEqualTo(page);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "/",
        "admin/overview",
        "/adminx",
        "/admin",
        "//evil.example/admin/",
        "//evil.example",
        "/\\evil.example/admin/",
        "\\/evil.example/admin/",
        "https://evil.example/admin/overview",
        "https:/admin/overview",
        "https:evil.example/admin/",
        "javascript:alert(1)//admin/",
        "data:text/html,/admin/",
        " /admin/overview",
        "\t/admin/overview",
        "/admin//evil.example",
        "/admin/../../evil.example",
        "/admin/..//evil.example",
        "/admin/\\evil.example",
        "/admin/overview\r\nSet-Cookie: a=b",
        "/admin/overview\nX: y",
        "/admin/overview\u2028",
        "/admin/overview\u0000",
        "/admin/overview#fragment",
        "/admin/overview \"onclick=",
        "/admin/<script>",
        "/admin/m\u00fcller",
        "/\u0001/evil.example/admin/"
      })
  void anyOtherAddressIsNotKept(String page) {
    assertThat(NextPage.of(page)).isEqualTo(NextPage.FIRST);
  }

  @Test
  void veryLongIsNotKept() {
    assertThat(NextPage.of("/admin/" + "x".repeat(2001))).isEqualTo(NextPage.FIRST);
  }

  /** No target that is made of such pieces leads a browser away from the console. */
  @Test
  void noTargetLeavesTheSite() {
    List<String> pieces =
        List.of(
            "/",
            "//",
            "\\",
            "/admin/",
            "/admin",
            "admin/",
            "..",
            "../",
            ".",
            "evil.example",
            "@",
            ":",
            "https:",
            "http://",
            "javascript:",
            "%2f",
            "%2F%2f",
            "%5c",
            "%0d%0a",
            "?",
            "#",
            "&",
            "=",
            ";",
            "\t",
            "\n",
            "\r",
            " ",
            "\u0000",
            "\u2028",
            "\uff0f",
            "\u3002",
            "[",
            "]",
            "overview",
            "tenant?id=");
    Random random = new Random(20_261_124);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder target = new StringBuilder(random.nextInt(4) == 0 ? "" : "/admin/");
      for (int n = random.nextInt(7); n > 0; n--) {
        target.append(pieces.get(random.nextInt(pieces.size())));
      }
      String next = NextPage.of(target.toString());
      assertThat(next).matches("/admin/[!-~&&[^/\\\\#\"<>]]*");
      // a browser would drop a tab or a line break, and java.net.URI refuses both
      assertThat(CONSOLE.resolve(URI.create(next.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"))))
          .as(next)
          .hasScheme("https")
          .hasAuthority("console.example");
    }
  }
}
