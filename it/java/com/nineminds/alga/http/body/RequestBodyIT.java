package com.nineminds.alga.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route accepts some bodies and refuses others. */
class RequestBodyIT {

  private static final int LIMIT = 64 * 1024;

  private final Api api = Stage.api();

  static List<String> routes() {
    return List.of(
        "/register",
        "/check-in",
        "/register-tenant",
        "/install-codes/reissue",
        "/claim-codes",
        "/sign",
        "/revoke",
        "/verify-appliance");
  }

  @Test
  void bodyThatIsNotEncodedAsItSaysIs400() {
    Map<String, String> headers = Map.of("Content-Encoding", "gzip");
    assertThat(Stage.api().send("POST", "/register", "{}", headers).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void exactly64KibIsTaken() {
    assertThat(post("/register-tenant", padded(LIMIT, 'x')).outcome()).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, LIMIT + 2, 1 << 20})
  void over64KibIs413(int bytes) {
    assertThat(post("/register-tenant", padded(bytes, 'x')).outcome())
        .isEqualTo("413 body_too_large");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteRefusesOver64Kib(String route) {
    assertThat(post(route, padded(LIMIT + 1, 'x')).outcome()).isEqualTo("413 body_too_large");
  }

  @Test
  void bytesAreCountedAndNotCharacters() {
    String body = padded(LIMIT / 2 + 200, '\u00e9');
    assertThat(body.length()).isLessThan(LIMIT);
    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(LIMIT);
    assertThat(post("/register-tenant", body).outcome()).isEqualTo("413 body_too_large");
  }

  @Test
  void bodyThatDoesNotSayItsLengthIsCountedToo() throws Exception {
    assertThat(raw(chunked(padded(LIMIT, 'x')))).isEqualTo(201);
    assertThat(raw(chunked(padded(LIMIT + 1, 'x')))).isEqualTo(413);
  }

  static List<String> notAnObject() {
    return List.of(
        "",
        " ",
        "{",
        "}",
        "{]",
        "nul",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{}]",
        "{} {}",
        "{} x",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":.5}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":/* comment */1}",
        "company_name=x&edition=pro",
        "<xml/>");
  }

  @ParameterizedTest
  @MethodSource("notAnObject")
  void whatIsNoJsonObjectIs400(String body) {
    Answer refused = post("/register-tenant", body);
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(post("/register", body).outcome()).isEqualTo("400 invalid_request");
    assertThat(refused.text("error")).doesNotContain("Exception", "parsson", "jakarta");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyRouteRefusesAnArrayAndAnEmptyBody(String route) {
    assertThat(post(route, "[]").outcome()).isEqualTo("400 invalid_request");
    assertThat(post(route, "").outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  void bytesThatAreNoUtf8Are400() throws Exception {
    byte[] latin1 = order("\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(raw(BodyPublishers.ofByteArray(latin1))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "application/jsonp",
        "text/json"
      })
  void anotherContentTypeIs415(String type) {
    Map<String, String> headers = new HashMap<>(Api.authorized());
    headers.put("Content-Type", type);
    assertThat(api.send("POST", "/register-tenant", order("x"), headers).outcome())
        .isEqualTo("415 unsupported_media_type");
    assertThat(api.send("POST", "/register", "{}", Map.of("Content-Type", type)).outcome())
        .isEqualTo("415 unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json;charset=utf-8", "APPLICATION/JSON"})
  void jsonIsTakenHoweverItIsWritten(String type) {
    Map<String, String> headers = new HashMap<>(Api.authorized());
    headers.put("Content-Type", type);
    assertThat(api.send("POST", "/register-tenant", order("x"), headers).outcome())
        .isEqualTo("201");
  }

  @Test
  void unknownMembersAreIgnored() {
    for (String unknown :
        List.of(
            "\"unknown\": 1",
            "\"unknown\": {\"a\": [1, null, {\"b\": true}]}",
            "\"unknown\": \"\\u0000\"",
            "\"__proto__\": {}",
            "\"\": 0")) {
      assertThat(
              post("/register-tenant", order("x").replaceFirst("\\{", "{" + unknown + ",").strip())
                  .outcome())
          .as(unknown)
          .isEqualTo("201");
    }
  }

  /** Well-formed JSON that a parser may refuse. The error is the client's. */
  static List<String> extravagant() {
    return List.of(
        "[".repeat(5_000) + "]".repeat(5_000),
        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
        "9".repeat(5_000),
        "0." + "9".repeat(5_000),
        "1e99999999999",
        "-1e-99999999999");
  }

  @ParameterizedTest
  @MethodSource("extravagant")
  void extravagantJsonIsNoErrorOfOurs(String value) {
    assertThat(post("/register", "{\"unknown\":" + value + "}").outcome())
        .isEqualTo("400 invalid_request");
    assertThat(
            post("/register-tenant", order("x").replaceFirst("\\{", "{\"seats\":" + value + ","))
                .outcome())
        .isEqualTo("400 invalid_request");
  }

  /** An appliance waits a day after a 4xx, and a cut line is not its fault. */
  @ParameterizedTest
  @CsvSource({"/check-in, 503, request_timeout", "/register, 400, invalid_request"})
  void bodyThatEndsTooSoonIs503AtTheCheckIn(String route, int status, String code)
      throws IOException {
    for (String begun :
        new String[] {
          "Content-Length: 100\r\n\r\n{\"appliance",
          "Content-Length: 20000\r\n\r\n{\"appliance",
          "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"app\r\n"
        }) {
      try (Socket socket = new Socket(api.base().getHost(), api.base().getPort())) {
        String head = " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        socket
            .getOutputStream()
            .write(("POST " + route + head + begun).getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(answer)
            .startsWith("HTTP/1.1 " + status)
            .contains("\"code\":\"" + code + "\"", "Content-Type: application/problem+json");
        assertThat(answer.contains("Retry-After: ")).isEqualTo(status == 503);
      }
    }
  }

  private static String order(String company) {
    return Api.object(
            "company_name",
            "Body " + company + " " + Customer.unique(),
            "contact_email",
            "body@it.test",
            "edition",
            "essentials")
        .toString();
  }

  /** An order with that many characters. An unknown member fills it. */
  private static String padded(int length, char with) {
    String order = order("x");
    String begin = order.substring(0, order.length() - 1) + ",\"padding\":\"";
    return begin + String.valueOf(with).repeat(length - begin.length() - 2) + "\"}";
  }

  private Answer post(String path, String body) {
    return api.send("POST", path, body, Api.authorized());
  }

  private static BodyPublisher chunked(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  private int raw(BodyPublisher body) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(api.base().resolve("/register-tenant"))
                .header("Authorization", "Bearer " + Stage.SERVICE_SECRET)
                .header("Content-Type", "application/json")
                .POST(body)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
