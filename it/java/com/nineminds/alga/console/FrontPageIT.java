package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person who opens the address of the service sees what it is. */
class FrontPageIT {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  private static final List<String> HEADERS =
      List.of(
          "Content-Security-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Referrer-Policy",
          "Cross-Origin-Opener-Policy",
          "Permissions-Policy",
          "Cache-Control");

  private final URI base = Stage.node().base();

  @Test
  void browserGetsAPageThatLeadsToTheConsoleAndToTheRoutes() {
    HttpResponse<String> answer = send("GET", "/", BROWSER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(header(answer, "Vary")).isEqualTo("Accept");
    HttpResponse<String> console = send("GET", "/admin/sign-in", BROWSER);
    assertThat(HEADERS)
        .allSatisfy(
            name ->
                assertThat(header(answer, name))
                    .as(name)
                    .isNotEmpty()
                    .isEqualTo(header(console, name)));
    Document page = Jsoup.parse(answer.body(), base + "/");
    assertThat(page.title()).isEqualTo("Alga License");
    assertThat(page.select("a[href]").eachAttr("abs:href"))
        .containsExactly(base + "/admin/", base + "/openapi/ui/");
    Stream.concat(
            page.select("a[href]").eachAttr("abs:href").stream(),
            page.select("link[href]").eachAttr("abs:href").stream())
        .forEach(
            link -> assertThat(send("GET", URI.create(link)).statusCode()).isIn(200, 302, 303));
  }

  @Test
  void headHasTheHeadersOnly() {
    HttpResponse<String> answer = send("HEAD", "/", BROWSER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "application/problem+json", "text/html;q=0"})
  void otherClientsGetAProblem(String accept) {
    assertProblem(send("GET", "/", accept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void pageIsOnlyRead(String method) {
    assertProblem(send(method, "/", BROWSER));
    assertProblem(send(method, "/front.css", BROWSER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/index.html", "/nowhere", "/front.html", "/front"})
  void otherAddressesHaveNoPage(String path) {
    assertProblem(send("GET", path, BROWSER));
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(answer.body()).contains("\"code\":\"not_found\"");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private HttpResponse<String> send(String method, String path, String accept) {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Accept", accept)
            .method(method, BodyPublishers.noBody()));
  }

  private static HttpResponse<String> send(String method, URI address) {
    return send(HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
