package com.nineminds.alga.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members are read strictly. The refusal lists every complaint. */
class BodyTest {

  private enum Word {
    one,
    two
  }

  @Test
  void absentAndNullAreTheSame() {
    for (String json : List.of("{}", "{\"a\": null}")) {
      Body body = body(json);
      assertThat(body.has("a")).isFalse();
      assertThat(body.string("a")).isNull();
      assertThat(body.text("a")).isNull();
      assertThat(body.number("a", 1)).isNull();
      assertThat(body.word("a", Word.class)).isNull();
      assertThat(body.<String>parsed("a", text -> text)).isNull();
      assertThatCode(body::check).doesNotThrowAnyException();
    }
  }

  @Test
  void unknownMembersAreIgnored() {
    Body body = body("{\"a\": \"x\", \"b\": {\"c\": [1]}}");
    assertThat(body.text("a")).isEqualTo("x");
    assertThatCode(body::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "false", "{}", "[]", "[\"a\"]"})
  void whatIsNoStringIsRefused(String value) {
    String json = "{\"a\": " + value + "}";
    assertComplaint(json, body -> assertThat(body.string("a")).isNull(), "must be a string");
    assertComplaint(json, body -> assertThat(body.text("a")).isNull(), "must be a string");
    assertComplaint(json, body -> body.word("a", Word.class), "must be a string");
    assertComplaint(json, body -> body.<String>parsed("a", text -> text), "must be a string");
  }

  @Test
  void stringIsKeptAsItIs() {
    assertThat(body("{\"a\": \" \\u0000 \"}").string("a")).isEqualTo(" \0 ");
    assertThat(body("{\"a\": \"\"}").string("a")).isEmpty();
  }

  @Test
  void textLosesSurroundingSpace() {
    assertThat(body("{\"a\": \" \\t x  y \\n\"}").text("a")).isEqualTo("x  y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u00ad", "\\u0301", "\\u3164", "\\u200d"})
  void textThatNobodySeesIsRefused(String text) {
    assertComplaint(
        "{\"a\": \"" + text + "\"}",
        body -> body.text("a"),
        "must have a character that can be seen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202e", "\\u2066"})
  void overrideOfTheDirectionInATextIsRefused(String override) {
    assertComplaint(
        "{\"a\": \"a" + override + "b\"}",
        body -> body.text("a"),
        "must not change the direction of text");
  }

  @Test
  void endlessTextIsRefusedBeforeItIsNormalized() {
    assertComplaint(
        json("a" + "\u0301\u0316".repeat(1_500)), body -> body.text("a"), "is too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\n\\t", "\\u2003", "\\u200b", "\\ufeff"})
  void emptyTextIsRefused(String text) {
    assertComplaint("{\"a\": \"" + text + "\"}", body -> body.text("a"), "must not be empty");
  }

  @Test
  void textHasAtMost200CodePointsAndANameHas500() {
    for (String character : List.of("x", "\u00e9", "\ud83d\ude00")) {
      String longest = character.repeat(200);
      assertThat(body(json(longest)).text("a")).isEqualTo(longest);
      assertComplaint(
          json(longest + character), body -> body.text("a"), "must have at most 200 characters");
      String name = character.repeat(500);
      assertThat(body(json(name)).name("a")).isEqualTo(name);
      assertComplaint(
          json(name + character), body -> body.name("a"), "must have at most 500 characters");
    }
    assertThat(body(json(" ".repeat(300) + "x")).text("a")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\n", "\\u001b", "\\u007f", "\\u0085"})
  void controlCharacterInATextIsRefused(String character) {
    assertComplaint(
        "{\"a\": \"x" + character + "y\"}",
        body -> body.text("a"),
        "must not contain control characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800"})
  void loneSurrogateInATextIsRefused(String character) {
    assertComplaint(
        "{\"a\": \"x" + character + "y\"}",
        body -> body.text("a"),
        "must not contain control characters");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5.0, 5", "1e1, 10", "50e-1, 5", "2147483647, 2147483647", "1.00e2, 100"})
  void wholeNumberIsReadHoweverItIsWritten(String written, int number) {
    assertThat(body("{\"a\": " + written + "}").number("a", 1)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "0.5",
        "1.5",
        "1e400",
        "1e999999999",
        "100e2147483647",
        "1e2147483647",
        "1e-2147483647",
        "1e-999999999",
        "-1e400",
        "2147483648",
        "\"5\"",
        "true",
        "[]",
        "{}"
      })
  void otherNumberIsRefused(String written) {
    assertComplaint(
        "{\"a\": " + written + "}",
        body -> assertThat(body.number("a", 1)).isNull(),
        "must be a whole number of at least 1");
  }

  @Test
  void wordIsSpelledExactly() {
    assertThat(body("{\"a\": \"two\"}").word("a", Word.class)).isEqualTo(Word.two);
    for (String other : List.of("Two", "two ", "three", "")) {
      assertComplaint(json(other), body -> body.word("a", Word.class), "must be one of one, two");
    }
  }

  @Test
  void parsedValueTellsTheComplaintOfItsParser() {
    assertThat(body(json("12")).<Integer>parsed("a", Integer::valueOf)).isEqualTo(12);
    assertComplaint(
        json("x"),
        body ->
            body.parsed(
                "a",
                text -> {
                  throw new IllegalArgumentException("must be better");
                }),
        "must be better");
  }

  @Test
  void requiredMemberThatIsAbsentIsRefused() {
    assertComplaint("{}", body -> body.required("a", body.text("a")), "is required");
    assertThat(body(json("x")).required("a", "x")).isEqualTo("x");
  }

  @Test
  void requiredMemberThatIsMalformedGetsOneComplaint() {
    assertComplaint("{\"a\": 1}", body -> body.required("a", body.text("a")), "must be a string");
  }

  @Test
  void everyComplaintIsToldAtOnceInTheOrderOfReading() {
    Body body = body("{\"a\": 1, \"b\": \"\", \"c\": 0}");
    body.text("b");
    body.number("c", 1);
    body.text("a");
    body.required("d", body.text("d"));
    body.complain("e", "is odd");
    InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, body::check);
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("invalid_request");
    assertThat(refusal.errors())
        .containsExactly(
            new FieldError("b", "must not be empty"),
            new FieldError("c", "must be a whole number of at least 1"),
            new FieldError("a", "must be a string"),
            new FieldError("d", "is required"),
            new FieldError("e", "is odd"));
    assertThat(refusal)
        .hasMessage(
            "The request is not valid: b must not be empty; c must be a whole number of at least 1;"
                + " a must be a string; d is required; e is odd.");
  }

  private static void assertComplaint(String json, Consumer<Body> read, String complaint) {
    Body body = body(json);
    read.accept(body);
    InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, body::check);
    assertThat(refusal.errors()).containsExactly(new FieldError("a", complaint));
  }

  private static String json(String value) {
    return Json.createObjectBuilder().add("a", value).build().toString();
  }

  private static Body body(String json) {
    try {
      return BodyReader.read(
          new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
          Set.of("a", "b", "c", "d"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
