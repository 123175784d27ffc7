package com.nineminds.alga.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is trimmed and brought to one form. Text that nobody can see or trust is recognized. */
class TypedTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme",
        " Acme ",
        "\tAcme\r\n",
        "\u00a0Acme\u202f",
        "\u2003Acme\u3000",
        "\u0085Acme\u2028",
        "\ufeffAcme",
        "Acme\u200b",
        "\u2060Acme \u200b"
      })
  void whiteSpaceAroundTextIsDropped(String typed) {
    assertThat(TypedText.clean(typed)).isEqualTo("Acme");
  }

  @Test
  void whiteSpaceWithinTextStays() {
    assertThat(TypedText.clean(" A\u00a0c \u200d me ")).isEqualTo("A\u00a0c \u200d me");
  }

  @Test
  void textIsBroughtToNormalizationFormC() {
    assertThat(TypedText.clean("Cafe\u0301 A\u030angstro\u0308m"))
        .isEqualTo("Caf\u00e9 \u00c5ngstr\u00f6m");
  }

  static Stream<String> texts() {
    Random random = new Random(14);
    return Stream.generate(
            () ->
                IntStream.range(0, random.nextInt(30))
                    .map(i -> random.nextInt(0x3100))
                    .filter(Character::isDefined)
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString())
        .limit(500);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void cleanTextStaysAsItIs(String typed) {
    String clean = TypedText.clean(typed);
    assertThat(TypedText.clean(clean)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u200b",
        "\u00ad",
        "\u0301",
        "\u3164",
        "\u2800",
        "\u200d\u200d",
        "\u115f"
      })
  void textThatNobodySeesIsRecognized(String text) {
    assertThat(TypedText.isVisible(text)).isFalse();
    assertThat(TypedText.isVisible(text + "x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x1b, 0x7f, 0x9f, 0xd800})
  void controlCharactersAreRecognized(int codePoint) {
    assertThat(TypedText.isControl(codePoint)).isTrue();
    assertThat(TypedText.isOverride(codePoint)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069})
  void overridesOfTheDirectionAreRecognized(int codePoint) {
    assertThat(TypedText.isOverride(codePoint)).isTrue();
    assertThat(TypedText.isControl(codePoint)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {'a', ' ', 0xa0, 0x130, 0x200d, 0x200e, 0x1f600, 0x5d0, 0x627})
  void charactersOfLanguagesAreNeither(int codePoint) {
    assertThat(TypedText.isControl(codePoint)).isFalse();
    assertThat(TypedText.isOverride(codePoint)).isFalse();
  }
}
