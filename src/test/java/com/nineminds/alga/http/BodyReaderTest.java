package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.http.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.HttpProblem.InvalidRequest;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes become a body, up to 64 KiB of them. */
class BodyReaderTest {

  @Test
  void objectIsRead() throws IOException {
    assertThat(read("{\"a\": \"\u00e9\"}").string("a")).isEqualTo("\u00e9");
    assertThat(read(" \n{}\n ").has("a")).isFalse();
  }

  @Test
  void bodyOfExactly64KibIsRead() throws IOException {
    String open = "{\"a\":\"";
    String close = "\"}";
    String filler = "x".repeat(65_536 - open.length() - close.length());
    assertThat(read(open + filler + close).string("a")).hasSize(filler.length());
    assertThatThrownBy(() -> read(open + "x" + filler + close))
        .isInstanceOfSatisfying(
            BodyTooLarge.class, problem -> assertThat(problem.status()).isEqualTo(413));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"}",
        "{\"a\": 1,}",
        "{'a': 1}",
        "{\"a\": NaN}",
        "{\"a\": 01}",
        "{\"a\": 1, \"a\": 1}",
        "{\"a\": {\"b\": 1, \"b\": 2}}",
        "x",
        "{} {}",
        "{} x",
        "{}]",
        "{}}",
        "{\"a\": \"\t\"}",
        "{\"a\": \"\\x\"}"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageStartingWith("The request body is not ")
        .hasMessageMatching("[A-Z][^\n]*\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("The request body must be a JSON object.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "true"})
  void bareValueIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void refusalTellsWhereAndNotWhat() {
    assertThatThrownBy(() -> read("{\n\"claim_code\": ABCD2345}"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("ABCD");
  }

  @Test
  void deepNestingIsRefused() {
    // a parser without a bound would overflow the stack, which is a 500
    String deep = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    assertThatThrownBy(() -> read(deep)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("The request body is not UTF-8.");
  }

  private static Body read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Body read(byte[] bytes) throws IOException {
    return new BodyReader()
        .readFrom(
            Body.class,
            Body.class,
            new Annotation[0],
            null,
            new MultivaluedHashMap<>(),
            new ByteArrayInputStream(bytes));
  }
}
