package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our clients send no such requests. The server refuses them briefly or handles them well. */
class LimitsIT {

  private static final URI BASE = Stage.node().base();
  private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";
  private static final String POST = "POST /register" + HOST + "Content-Type: application/json\r\n";
  private static final String KEYS = "GET /.well-known/jwks.json" + HOST;
  private static final String CLOSE = "Connection: close\r\n\r\n";

  /** Words that reveal the maker of the server, or its internal state. */
  private static final String[] TELLTALE = {
    "Exception", "IBM", "WebSphere", "Liberty", "$WSEP", "SRVE", "parsson", "jakarta", "resteasy"
  };

  static List<String> refusedByTheServer() {
    String authorized = HOST + "Authorization: Bearer " + Stage.SERVICE_SECRET + "\r\n" + CLOSE;
    return List.of(
        "GET /tenants?query=%zz" + authorized,
        "GET /tenants?query=%00" + authorized,
        "GET /tenants HTTP/1.1\r\nHost: a b<>"
            + authorized.substring(authorized.indexOf("\r\nAuth")),
        POST + "Accept: garbage\r\nContent-Length: 0\r\n" + CLOSE,
        POST + "Accept-Language: ;;q=x\r\nContent-Length: 0\r\n" + CLOSE,
        "POST /register" + HOST + "Content-Type: garbage\r\nContent-Length: 2\r\n" + CLOSE + "{}",
        "POST /register" + HOST + "Content-Type: \r\nContent-Length: 2\r\n" + CLOSE + "{}");
  }

  @ParameterizedTest
  @MethodSource("refusedByTheServer")
  void whatTheServerRefusesIsAProblemToo(String request) throws IOException {
    String answer = send(request);
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: application/problem+json", "X-Request-Id: ")
        .contains("\"code\":\"invalid_request\"", "\"error\":\"", "\"status\":400")
        .doesNotContain(TELLTALE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/WEB-INF/refused",
        "/%57EB-INF/web.xml",
        "/META-INF/openapi.yaml"
      })
  void whatIsInsideOfTheWarIsNotServed(String path) throws IOException {
    assertThat(send("GET " + path + HOST + CLOSE))
        .startsWith("HTTP/1.1 404 ")
        .contains("\"code\":\"not_found\"", "X-Request-Id: ")
        .doesNotContain(TELLTALE);
  }

  @Test
  void whatTheServerRefusesKeepsItsRequestIdIsLoggedAndCounted() throws IOException {
    String id = "it-" + Customer.unique();
    assertThat(send("GET /tenants/a%2Fb" + HOST + "X-Request-Id: " + id + "\r\n" + CLOSE))
        .contains("X-Request-Id: " + id);
    assertThat(Stage.node().console()).contains("GET (refused) 404 unknown_tenant");
    assertThat(send("GET /metrics" + HOST + CLOSE)).contains("route=\"GET (refused)\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/a%2Fb", "/admin/a%5Cb"})
  void whatTheServerRefusesOfTheConsoleIsAPage(String path) throws IOException {
    assertThat(send("GET " + path + HOST + CLOSE))
        .startsWith("HTTP/1.1 400 ")
        .contains("Content-Type: text/html", "The request could not be read", "X-Frame-Options")
        .doesNotContain("Exception", "IBM", "WSEP");
  }

  static List<String> refusedByTheTransport() {
    return List.of(
        "\u0016\u0003\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET /tenants FTP/1.1\r\n\r\n",
        "CONNECT x:80" + HOST + CLOSE,
        "GET /tenants?query=" + "x".repeat(9_000) + HOST + CLOSE,
        "G".repeat(9_000) + " /tenants" + HOST + CLOSE,
        KEYS + "X-Long: " + "x".repeat(9_000) + "\r\n" + CLOSE,
        KEYS
            + IntStream.range(0, 150)
                .mapToObj(i -> "X-" + i + ": x\r\n")
                .collect(Collectors.joining())
            + CLOSE,
        KEYS + "no colon\r\n" + CLOSE);
  }

  @ParameterizedTest
  @MethodSource("refusedByTheTransport")
  void whatIsNoRequestIsABare400(String request) throws IOException {
    assertThat(send(request))
        .matches("(?s)(HTTP/1\\.1 (400|505) .*Content-Length: 0.*)?")
        .doesNotContain(TELLTALE);
  }

  /** The second request in each text belongs to the body of the first one, or is ignored. */
  static List<String> smuggled() {
    String second = KEYS + "\r\n";
    String authorized = "Authorization: Bearer x\r\n";
    return List.of(
        POST
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
            + second,
        POST + "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}" + second,
        POST + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + second,
        POST + "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}" + second,
        POST + "Content-Length: -2\r\n\r\n{}" + second,
        POST + "Content-Length: 100000\r\n\r\n" + second,
        POST + "Content-Length: 99999999999999999999\r\n\r\n" + second,
        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + second,
        POST
            + "Transfer-Encoding: chunked\r\n\r\n11000\r\n"
            + "x".repeat(0x11000)
            + "\r\n"
            + second,
        "GET /tenants" + HOST + authorized + "Content-Length: 1000\r\n\r\n" + second);
  }

  @ParameterizedTest
  @MethodSource("smuggled")
  void noRequestHidesInAnother(String request) throws IOException {
    assertThat(send(request).split("HTTP/1.1 [0-9]{3} ", -1)).hasSize(2);
    assertThat(send(request)).startsWith("HTTP/1.1 4").doesNotContain("\"keys\"", "Exception");
  }

  @Test
  void requestsInARowAreAnsweredInARow() throws IOException {
    assertThat(send((KEYS + "\r\n").repeat(5) + KEYS + CLOSE).split("HTTP/1.1 200 ", -1))
        .hasSize(7);
  }

  @Test
  void oldClientsAreServed() throws IOException {
    assertThat(send("GET /.well-known/jwks.json HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.0 200 ")
        .contains("\"keys\"");
  }

  @Test
  void clientThatAsksBeforeSendingABodyIsToldToSendIt() throws IOException {
    assertThat(send(POST + "Expect: 100-continue\r\nContent-Length: 2\r\n" + CLOSE + "{}"))
        .startsWith("HTTP/1.1 100 ")
        .contains("HTTP/1.1 400 ", "claim_code is required");
  }

  @Test
  void noOtherProtocolIsSpoken() throws IOException {
    assertThat(
            send(
                KEYS
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"claim_code\":\"ABCD2345\",\"claim_code\":\"ABCD2346\",\"appliance_id\":\"a\"}",
        "{\"claim_code\":\"ABCD2345\",\"appliance_id\":\"a\",\"unknown\":{\"a\":1,\"a\":2}}",
        "{\"claim_code\":\"ABCD2345\",\"appliance_id\":\"a\",\"\\u0061ppliance_id\":\"b\"}"
      })
  void memberGivenTwiceIsRefused(String body) {
    assertThat(Stage.api().send("POST", "/register", body, Map.of()).outcome())
        .isEqualTo("400 invalid_request");
  }

  /** The server would unpack the body, and close the connection if it is not packed. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "zlib", "deflate", "br", "identity, gzip", "nonsense"})
  void packedBodyIsNotUnpackedAndTheConnectionIsKept(String encoding) throws IOException {
    for (byte[] body : List.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8), packed())) {
      String head =
          HOST
              + "Content-Type: application/json\r\nContent-Encoding: "
              + encoding
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      assertThat(send(concat("POST /register" + head, body)))
          .startsWith("HTTP/1.1 400 ")
          .contains("must not be compressed");
      assertThat(send(concat(concat("POST /claim-codes" + head, body), KEYS + CLOSE)))
          .startsWith("HTTP/1.1 401 ")
          .contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void bodyWithTheIdentityEncodingIsAccepted() throws IOException {
    assertThat(send(POST + "Content-Encoding: identity\r\nContent-Length: 2\r\n" + CLOSE + "{}"))
        .contains("claim_code is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "IBM037"})
  void bodyIsUtf8WhateverItSays(String charset) throws IOException {
    byte[] body = "{\"appliance_credential\":\"\u00e4\"}".getBytes(charset);
    assertThat(
            send(
                concat(
                    "POST /check-in"
                        + HOST
                        + "Content-Type: application/json;charset="
                        + charset
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n"
                        + CLOSE,
                    body)))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"code\":\"invalid_request\"");
  }

  @Test
  void methodsThatNobodyKnowsMakeNoMetrics() throws IOException {
    String method = "M" + Customer.unique().replace("-", "").toUpperCase(java.util.Locale.ROOT);
    assertThat(send(method + " /register" + HOST + CLOSE)).startsWith("HTTP/1.1 405 ");
    assertThat(send("GET /metrics" + HOST + CLOSE).lines())
        .filteredOn(line -> line.startsWith("alga_requests_total"))
        .anyMatch(line -> line.contains("route=\"OTHER "))
        .noneMatch(line -> line.contains(method));
  }

  private static byte[] packed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(("{\"a\":\"" + "x".repeat(20_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] concat(byte[] body, String tail) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(body);
    all.writeBytes(tail.getBytes(StandardCharsets.ISO_8859_1));
    return all.toByteArray();
  }

  private static byte[] concat(String head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static String send(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns all answers until the connection is closed or no more come. */
  private static String send(byte[] request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(BASE.getHost(), BASE.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request);
      answer.write(socket.getInputStream().readNBytes(1));
      socket.setSoTimeout(1_000);
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException e) {
      // the connection stays open for more requests
    } catch (IOException e) {
      if (answer.size() == 0) {
        // the server closed the connection during the request
        return "";
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
