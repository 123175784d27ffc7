package com.nineminds.alga.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import com.nineminds.alga.http.problem.HttpProblem;
import com.nineminds.alga.http.request.TypedText;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any bytes or text as a body, and any text as its members. */
class BodyAnyInputTest {

  @Provide
  Arbitrary<String> documents() {
    return AnyText.like("{}[]\",:0123456789eE+-.truefalsn \\u");
  }

  @Provide
  Arbitrary<String> texts() {
    return AnyText.like("abc \u00e4\u2028");
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.strings().withChars("0123456789eE+-.".toCharArray()).ofMaxLength(30);
  }

  @Property
  void bytesAreABodyOrARefusal(@ForAll byte[] bytes) throws IOException {
    assertReadOrRefused(bytes);
  }

  @Property
  void textIsABodyOrARefusal(@ForAll("documents") String text) throws IOException {
    assertReadOrRefused(text.getBytes(StandardCharsets.UTF_8));
    assertReadOrRefused(("{\"a\":" + text + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void stringComesBackAsItWasSent(@ForAll("texts") String text) throws IOException {
    String json = Json.createObjectBuilder().add("a", text).build().toString();
    String sent = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    if (sent.equals(json)) {
      assertThat(read(json.getBytes(StandardCharsets.UTF_8)).string("a")).isEqualTo(text);
    }
  }

  @Property
  void lineIsOneThatTheDatabaseHoldsOrAComplaint(@ForAll("texts") String text) {
    Body body = body(text);
    String line = body.text("a");
    if (line == null) {
      assertThat(complains(body)).isTrue();
    } else {
      assertThat(line).isEqualTo(TypedText.clean(text)).isNotEmpty().doesNotContain("\0");
      assertThat(line.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
      assertThat(body(line).text("a")).isEqualTo(line);
      assertThat(complains(body)).isFalse();
    }
  }

  @Property
  void numberIsAWholeOneOrAComplaint(@ForAll("numbers") String number) throws IOException {
    try {
      Body body = read(("{\"a\":" + number + "}").getBytes(StandardCharsets.UTF_8));
      Integer whole = body.number("a", 1);
      assertThat(complains(body)).isEqualTo(whole == null);
      if (whole != null) {
        assertThat(whole).isPositive();
      }
    } catch (HttpProblem.InvalidRequest e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  private static boolean complains(Body body) {
    try {
      body.check();
      return false;
    } catch (HttpProblem.InvalidRequest e) {
      assertThat(e.errors()).isNotEmpty();
      return true;
    }
  }

  private static void assertReadOrRefused(byte[] bytes) throws IOException {
    try {
      assertThat(read(bytes)).isNotNull();
    } catch (HttpProblem.InvalidRequest e) {
      assertThat(e.getMessage()).startsWith("The request body ").endsWith(".");
      assertThat(List.of(e.getMessage().split("\n", -1))).hasSize(1);
    }
  }

  private static Body body(String text) {
    return new Body(Set.of("a"), Json.createObjectBuilder().add("a", text).build());
  }

  private static Body read(byte[] bytes) throws IOException {
    return BodyReader.read(new ByteArrayInputStream(bytes), Set.of("a"));
  }
}
