package com.nineminds.alga.operator.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Connection;
import org.jsoup.Jsoup;

/** The HTTP of a {@link TestProvider}, at both ends, without any OpenID. */
final class ProviderServer implements AutoCloseable {

  /** Answers the requests. */
  @FunctionalInterface
  interface Page {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ProviderServer(Page pages) throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/favicon.ico", exchange -> exchange.sendResponseHeaders(204, -1));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            pages.answer(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  void start() {
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  void json(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "application/json", body);
  }

  void text(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", body);
  }

  void html(HttpExchange exchange, String body) throws IOException {
    send(
        exchange,
        200,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html lang='en'><title>Test provider</title>" + body + "</html>");
  }

  void redirect(HttpExchange exchange, URI to) throws IOException {
    exchange.getResponseHeaders().set("Location", to.toString());
    exchange.sendResponseHeaders(302, -1);
  }

  void answer(HttpExchange exchange, Response response) throws IOException {
    HTTPResponse http = response.toHTTPResponse();
    json(exchange, http.getStatusCode(), http.getBody());
  }

  /** The value of a cookie; empty if the browser sent none. */
  String cookie(HttpExchange exchange, String name) {
    String cookies = exchange.getRequestHeaders().getFirst("Cookie");
    return Stream.of(cookies == null ? new String[0] : cookies.split("; "))
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  void setCookie(HttpExchange exchange, String name, String value) {
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax");
  }

  Map<String, String> form(HttpExchange exchange) throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    URLUtils.parseParameters(body(exchange))
        .forEach((name, values) -> form.put(name, values.get(0)));
    return form;
  }

  HTTPRequest nimbus(HttpExchange exchange) throws IOException, ParseException {
    HTTPRequest request =
        new HTTPRequest(
            HTTPRequest.Method.valueOf(exchange.getRequestMethod()),
            base().resolve(exchange.getRequestURI()));
    for (String header : List.of("Content-Type", "Authorization")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.setHeader(header, value);
      }
    }
    request.setBody(body(exchange));
    return request;
  }

  static String signInPage(String request, Collection<Person> people) {
    return people.stream()
        .map(
            person ->
                "<button name='person' value='%1$s'>continue as %1$s</button>"
                    .formatted(person.username()))
        .collect(
            Collectors.joining(
                "\n",
                "<form method='post' action='/continue'><input type='hidden' name='request' value='"
                    + request
                    + "'>",
                "</form>"));
  }

  /** Acts as the client: a browser and its user. */
  URI signIn(URI authorizationRequest, String username) throws IOException {
    Connection browser = Jsoup.newSession().followRedirects(false).ignoreContentType(true);
    Connection.Response sentBack =
        browser
            .newRequest(authorizationRequest.toString())
            .get()
            .expectForm("form")
            .submit()
            .data("person", username)
            .execute();
    return URI.create(sentBack.header("Location"));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
