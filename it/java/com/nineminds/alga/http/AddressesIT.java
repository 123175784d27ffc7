package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a path in place of an id is an unknown id. */
class AddressesIT {

  private static final URI BASE = Stage.node().base();
  private static final String KNOWN = Customer.essentials(Stage.api()).tenantId();

  static List<String> noIds() {
    return List.of(
        "x",
        "a%2Fb",
        "a%2fb%2Fc",
        "%2F",
        "a%5Cb",
        "a\\b",
        "a%00b",
        "%00",
        "a%0ab",
        "a%0d%0aX-Evil:1",
        "a%09b",
        "a\tb",
        "a\u0001b",
        "a\u007fb",
        "a%7Fb",
        "%",
        "a%",
        "a%2",
        "%zz",
        "%u0041",
        "%c0%af",
        "%ff",
        "%c3",
        "..;",
        "..;a=b",
        ".;",
        "%2e",
        "%2e%2e",
        "%2e%2e%2f",
        "..%2f..%2fetc",
        "a;b",
        "a%3Bb",
        "a%3Fb",
        "a#b",
        "a%23b",
        "a%25b",
        "%252F",
        "%20",
        "a+b",
        "a\"b",
        "a<b>",
        "a|b",
        "a{b}",
        "[x]",
        "\u00e9",
        "%C3%A9",
        "%F0%9F%9A%80",
        "a".repeat(7_000),
        "%41".repeat(2_000),
        "%2F".repeat(2_000),
        "%00".repeat(2_000),
        KNOWN + "%00",
        KNOWN + "%2F",
        KNOWN + "%2e",
        KNOWN + "%20",
        KNOWN + "%",
        KNOWN.replace("-", ""),
        KNOWN.substring(1));
  }

  @ParameterizedTest
  @MethodSource("noIds")
  void textThatIsNoIdIsAnUnknownTenant(String text) {
    for (String method : List.of("GET", "HEAD")) {
      String answer = ask(method, "/tenants/" + text, "");
      assertThat(answer)
          .startsWith("HTTP/1.1 404 ")
          .contains("Content-Type: application/problem+json", "X-Request-Id: ")
          .doesNotContain("<H1>", "CWWWC", "SRVE", "X-Evil");
      assertThat(answer.contains("\"code\":\"unknown_tenant\"")).isEqualTo(method.equals("GET"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%00b",
        "/a%2Fb",
        "/%zz",
        "/..",
        "/%2e%2e",
        "/../tenants/x",
        "/register%00",
        "/register/%2F",
        "/.well-known/%00",
        "/tenants/",
        "/tenants/;a=b",
        "/tenants//",
        "/tenants/a%00b/c",
        "/tenants/a%2Fb/c",
        "/tenants%2Fx",
        "/front.css%00",
        "/health/%00",
        "/metrics/%00",
        "/openapi/%zz",
        "/health/%2F",
        "/metrics/%2e",
        "/openapi/%5C",
        "/admin/%00"
      })
  void addressThatIsNoneOfOursIsNotFound(String path) {
    String answer = ask("POST", path, "Content-Length: 2\r\n") + ask("TRACE", path, "");
    assertThat(answer.split("HTTP/1.1 ", -1))
        .hasSize(3)
        .filteredOn(one -> !one.isEmpty())
        .allSatisfy(
            one ->
                assertThat(one)
                    .matches("(?s)(404|405) .*")
                    .contains("Content-Type: application/problem+json", "X-Request-Id: ")
                    .containsAnyOf("\"code\":\"not_found\"", "\"code\":\"method_not_allowed\""));
  }

  @Test
  void refusedAddressKeepsItsRequestIdIsLoggedAndCounted() {
    String id = "it-" + Customer.unique();
    assertThat(ask("GET", "/tenants/a%00b", "X-Request-Id: " + id + "\r\n"))
        .contains("X-Request-Id: " + id + "\r\n");
    assertThat(Stage.node().console())
        .contains("GET (refused) 404 unknown_tenant request=" + id)
        .doesNotContain("answers malformed addresses with its own page");
    assertThat(ask("GET", "/tenants/a%00b", "X-Request-Id: a b\r\n"))
        .containsPattern("X-Request-Id: [0-9a-f-]{36}\r\n");
    assertThat(Stage.node().metrics())
        .containsPattern("alga_requests_total\\{.*outcome=\"unknown_tenant\".*\\(refused\\)");
  }

  @Test
  void queryThatCannotBeReadIsStillABadRequest() {
    assertThat(ask("GET", "/tenants?query=%zz", "")).startsWith("HTTP/1.1 400 ");
    assertThat(ask("GET", "/tenants?query=a%2Fb%2e", "")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET", "/tenants/" + KNOWN + "?x=%00%zz", "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void addressOfATenantIsOneHoweverItIsWritten() {
    assertThat(ask("GET", "/tenants/" + KNOWN.replace("-", "%2D"), ""))
        .startsWith("HTTP/1.1 200 ")
        .contains(KNOWN);
  }

  private static String ask(String method, String path, String headers) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
            + Stage.SERVICE_SECRET
            + "\r\n"
            + headers
            + "\r\n"
            + (headers.startsWith("Content-Length: 2") ? "{}" : "");
    try (Socket socket = new Socket(BASE.getHost(), BASE.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }
}
