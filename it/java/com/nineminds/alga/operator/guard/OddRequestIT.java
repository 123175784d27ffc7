package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the console that no browser sends. */
class OddRequestIT {

  private static final URI BASE = Stage.node().base();
  private static final int TOO_LONG = 64 * 1024 + 1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain"
      })
  void aLongFormIsNotRead(String type) {
    Page answer =
        new Console(BASE)
            .send(
                "POST",
                BASE.resolve(Console.SIGN_IN),
                "name=" + "x".repeat(TOO_LONG),
                Map.of("Content-Type", type));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("This form is too long");
  }

  /** The request announces a length and sends no body. The server must not wait for it. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2000000000", "Transfer-Encoding: chunked"})
  void aFormOfUnboundedLengthIsNotRead(String length) throws IOException {
    try (Socket socket = new Socket(BASE.getHost(), BASE.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          String.join(
              "\r\n",
              "POST /admin/sign-in HTTP/1.1",
              "Host: x",
              "Origin: " + BASE,
              "Content-Type: application/x-www-form-urlencoded",
              length,
              "",
              "");
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "%zz", "%f%"})
  void whatCannotBeReadIsRefused(String text) throws IOException {
    Console anna = Console.signedIn(BASE, "anna");
    for (String page :
        new String[] {
          "/admin/sign-in?name=", "/admin/tenants?query=", "/admin/tenant?id=", "/admin/nix?x="
        }) {
      assertThat(
              RawRequest.send(
                  BASE,
                  "GET",
                  page + text,
                  "Cookie: alga_console=" + anna.cookies().get("alga_console")))
          .matches("(?s)HTTP/1.1 (400|404) .*")
          .doesNotContain("Exception");
    }
    assertThat(
            anna.send(
                    "POST",
                    BASE.resolve(Console.SIGN_IN),
                    "name="
                        + text
                        + "&password=x&sign-in_SUBMIT=1&go=x"
                        + "&jakarta.faces.ViewState=stateless",
                    Map.of())
                .status())
        .isEqualTo(400);
  }

  @Test
  void textsFromAFormAreText() {
    String hostile = "#{7*7}${7*7}\r\nX-Evil: 1\"><script>alert(1)</script>\u202e";
    Page answer = new Console(BASE).signIn(hostile, "x");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("X-Evil")).isEmpty();
    assertThat(answer.html().select("main script")).isEmpty();
    assertThat(answer.html().expectFirst("#name").attr("value")).contains("#{7*7}${7*7}");
  }
}
