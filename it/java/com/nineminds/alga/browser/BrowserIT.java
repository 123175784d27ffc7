package com.nineminds.alga.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each check of the browser fails when it should. A check that never fails proves nothing. */
@NeedsBrowser
class BrowserIT {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FILES = new ConcurrentHashMap<>();
  private static HttpServer server;
  private static URI base;

  @BeforeAll
  static void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = URI.create("http://localhost:" + server.getAddress().getPort());
    server.createContext(
        "/",
        exchange -> {
          String file = FILES.getOrDefault(exchange.getRequestURI().getPath(), "");
          byte[] body = file.getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Type",
                  exchange.getRequestURI().getPath().endsWith(".js")
                      ? "text/javascript"
                      : "text/html; charset=utf-8");
          exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
          exchange.sendResponseHeaders(
              file.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void aGoodPageCausesNoComplaint() {
    try (Browser browser = show(Device.desktop(), "")) {
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aGoodPageIsAccessible() {
    try (Browser browser = show(Device.desktop(), "")) {
      assertThat(browser.axe()).isEmpty();
      assertThat(browser.complaints()).as("axe itself violates no policy").isEmpty();
    }
  }

  @Test
  void anInaccessiblePageIsFound() {
    try (Browser browser = show(Device.desktop(), "<img src='data:,' id='mute'>")) {
      assertThat(browser.axe())
          .singleElement()
          .asString()
          .startsWith("image-alt (critical) at [#mute]: ");
    }
  }

  @Test
  void aScriptWithinThePageIsFound() {
    try (Browser browser = show(Device.desktop(), "<script>document.title = 'x'</script>")) {
      assertThat(browser.page().title()).isEqualTo("Small");
      assertThat(browser.complaints())
          .anyMatch(line -> line.contains("inline script"))
          .anyMatch(line -> line.contains("securitypolicyviolation: script-src-elem inline"));
    }
  }

  @Test
  void anEventHandlerWithinThePageIsFound() {
    try (Browser browser = show(Device.desktop(), "<p onclick='alert(1)' id='p'>here</p>")) {
      browser.page().click("#p");
      assertThat(browser.complaints()).anyMatch(line -> line.contains("script-src-attr"));
    }
  }

  @Test
  void aStyleWithinThePageIsFound() {
    try (Browser browser = show(Device.desktop(), "<p style='color: red'>red</p>")) {
      assertThat(browser.complaints()).anyMatch(line -> line.contains("style-src-attr"));
    }
  }

  @Test
  void aRequestToAnotherHostIsFound() {
    try (Browser browser =
        show(Device.desktop(), "<img src='https://elsewhere.example/pixel.png' alt='pixel'>")) {
      assertThat(browser.complaints())
          .contains("request to another host: https://elsewhere.example/pixel.png");
    }
  }

  @Test
  void leavingForAnotherHostIsFoundUnlessAllowed() {
    URI other = URI.create("http://127.0.0.1:" + base.getPort());
    try (Browser browser = show(Device.desktop(), "")) {
      browser.page().navigate(other.resolve("/page").toString());
      assertThat(browser.complaints())
          .containsExactly("request to another host: " + other + "/page");
    }
    try (Browser browser = show(Device.desktop(), "").allow(other)) {
      browser.page().navigate(other.resolve("/page").toString());
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anUncaughtExceptionAndAMissingFileAreFound() {
    FILES.put("/broken.js", "throw new Error('planted')");
    try (Browser browser =
        show(
            Device.desktop(),
            "<script src='/broken.js'></script><script src='/none.js'></script>")) {
      assertThat(browser.complaints())
          .anyMatch(line -> line.startsWith("exception: ") && line.contains("planted"))
          .anyMatch(line -> line.contains("404"));
      browser.forgetComplaints();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aDeviceIsWhatItIsSetTo() {
    try (Browser browser = show(Device.phone().dark().in("Asia/Tokyo"), "")) {
      assertThat(browser.page().evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
          .isEqualTo(true);
      assertThat(browser.page().evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"))
          .isEqualTo("Asia/Tokyo");
      assertThat(browser.page().evaluate("[innerWidth, innerHeight, navigator.language].join()"))
          .isEqualTo("390,844,en-US");
    }
  }

  @Test
  void withoutJavaScriptNoScriptRuns() {
    FILES.put("/title.js", "document.title = 'run'");
    String script = "<script src='/title.js'></script><noscript><p id='off'>off</p></noscript>";
    try (Browser browser = show(Device.desktop(), script)) {
      assertThat(browser.page().title()).isEqualTo("run");
    }
    try (Browser browser = show(Device.desktop().withoutScripts(), script)) {
      assertThat(browser.page().title()).isEqualTo("Small");
      assertThat(browser.page().locator("#off").textContent()).isEqualTo("off");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aScreenshotIsKept() throws IOException {
    try (Browser browser = show(Device.desktop(), "")) {
      Path picture = browser.screenshot("browser-it");
      assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
    }
  }

  private static Browser show(Device device, String content) {
    FILES.put(
        "/page",
        """
        <!DOCTYPE html>
        <html lang="en">
          <head>
            <title>Small</title>
            <link rel="icon" href="data:,">
            <meta name="viewport" content="width=device-width, initial-scale=1">
          </head>
          <body><main><h1>Small</h1>%s</main></body>
        </html>
        """
            .formatted(content));
    Browser browser = Browser.open(base, device);
    browser.go("/page");
    return browser;
  }
}
