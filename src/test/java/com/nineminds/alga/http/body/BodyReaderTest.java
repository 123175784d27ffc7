package com.nineminds.alga.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.http.problem.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Up to 64 KiB of bytes become a body. */
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
    // a parser without a limit would overflow the stack, and the answer would be a 500
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

  @Test
  void memberOfAnInnerObjectIsNotTakenForOneOfTheTop() throws IOException {
    Body body = read("{\"x\": {\"a\": \"inner\"}, \"y\": [{\"a\": 1}], \"z\": [\"a\"]}");
    assertThat(body.has("a")).isFalse();
    assertThat(read("{\"x\": {\"a\": 1}, \"a\": \"top\", \"y\": {\"a\": 2}}").string("a"))
        .isEqualTo("top");
  }

  @Test
  void onlyNamedMembersAreKeptAndOthersCannotBeRead() throws IOException {
    Body body = read("{\"b\": \"x\", \"a\": \"y\"}");
    assertThat(body.string("a")).isEqualTo("y");
    assertThatThrownBy(() -> body.string("b")).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "{\"b\": \"x\"}", "[\"x\"]", "1"})
  void bodyOf64KibOfSmallValuesIsReadWhateverTheyAre(String value) throws IOException {
    String many = (value + ",").repeat(60_000 / (value.length() + 1));
    assertThat(read("{\"x\": [" + many + "0], \"a\": \"y\"}").string("a")).isEqualTo("y");
  }

  private static Body read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Body read(byte[] bytes) throws IOException {
    return BodyReader.read(new ByteArrayInputStream(bytes), Set.of("a"));
  }
}
