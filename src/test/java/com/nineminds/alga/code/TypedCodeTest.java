package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A typed text becomes a code, or a sentence that gives the reason for the refusal. */
class TypedCodeTest {

  private static final String[] FILLERS = {
    "", "-", " ", "  ", "--", "\t", "\r\n", "\u00a0", "\u2003", "\u2010", "\u2013", "\u2014", " - ",
    "\u200b", "\u00ad", "\u2212", "\ufeff", "\u200f"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCD2345",
        "abcd2345",
        " ABCD2345 ",
        "ABCD-2345",
        "abcd 2345",
        "A B C D 2 3 4 5",
        "ab-cd-23-45",
        "ABCD\u20132345",
        "\tABCD2345\r\n",
        "ABCD\u00a02345",
        "\u200bABCD-2345\ufeff",
        "AB\u00adCD\u200e23\u200d45",
        "ABCD\u22122345",
        "ABCD\u2060\u20112345\ufe0f",
        "\u202aABCD 2345\u202c"
      })
  void inputIsForgiving(String typed) {
    assertThat(TypedCode.parse(typed).text()).isEqualTo("ABCD2345");
  }

  static Stream<String> codes() {
    Random random = new Random(42);
    return Stream.generate(
            () ->
                IntStream.range(0, 8 + random.nextInt(9))
                    .map(i -> ClaimCode.ALPHABET.charAt(random.nextInt(31)))
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString())
        .limit(100);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void everyCodeSurvivesEveryWayOfTypingIt(String code) {
    Random random = new Random(code.hashCode());
    StringBuilder typed = new StringBuilder(filler(random));
    for (int i = 0; i < code.length(); i++) {
      String one = code.substring(i, i + 1);
      typed.append(random.nextBoolean() ? one.toLowerCase(Locale.ROOT) : one);
      typed.append(filler(random));
    }
    assertThat(TypedCode.parse(typed.toString()).text()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ABCD234O",
        "ABCD2340",
        "ABCD2341",
        "ABCD234I",
        "ABCD234l",
        "ABCD234!",
        "ABCD_2345",
        "ABCD234\u00e4",
        "\uff21BCD2345",
        "ABC\0D2345",
        "ABCDEFGHO",
        "O"
      })
  void foreignCharacterIsToldSo(String typed) {
    assertThat(TypedCode.parse(typed).refusal(8))
        .hasMessageContaining("codes never contain 0, O, 1, I or L")
        .extracting(problem -> problem.status() + " " + problem.code())
        .isEqualTo("404 invalid_claim_code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--", "A", "ABCD234", "ABCD23456", "ABCD2345ABCD2345"})
  void wrongLengthIsToldSo(String typed) {
    int length = TypedCode.parse(typed).text().length();
    assertThat(TypedCode.parse(typed).refusal(8))
        .hasMessageContaining("8 characters")
        .hasMessageContaining(length > 8 ? "too long" : "not complete")
        .hasMessageNotContaining("never contain");
  }

  @ParameterizedTest
  @CsvSource({"ABCD2345, 10, 10 characters", "ABCD23456X, 10, not known", "ABCD2345, 8, not known"})
  void lengthIsThatOfNewCodes(String typed, int length, String told) {
    assertThat(TypedCode.parse(typed).refusal(length)).hasMessageContaining(told);
  }

  @Test
  void upperCasingDoesNotDependOnTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      // in Turkish, the upper case of i is a dotted capital I
      assertThat(TypedCode.parse("abcd234i").refusal(8)).hasMessageContaining("never contain");
      assertThat(TypedCode.parse("wxyz2345").text()).isEqualTo("WXYZ2345");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void endlessTextIsCutOff() {
    assertThat(TypedCode.parse("A".repeat(60_000)).text()).hasSize(64);
  }

  @Test
  void isNeverShown() {
    assertThat(TypedCode.parse("ABCD2345")).hasToString("TypedCode");
    assertThat(TypedCode.parse("ABCD2345X").refusal(8)).hasMessageNotContaining("ABCD");
    assertThat(TypedCode.parse("ABCD234O").refusal(8)).hasMessageNotContaining("ABCD");
  }

  private static String filler(Random random) {
    return FILLERS[random.nextInt(FILLERS.length)];
  }
}
