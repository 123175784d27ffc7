package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person types becomes a code, or a sentence that says why not. */
class ClaimCodeTest {

  private static final String[] FILLERS = {
    "", "-", " ", "  ", "--", "\t", "\r\n", "\u00a0", "\u2003", "\u2010", "\u2013", "\u2014", " - "
  };

  @Test
  void alphabetLeavesOutWhatCanBeMistaken() {
    assertThat(ClaimCode.ALPHABET).isEqualTo("23456789ABCDEFGHJKMNPQRSTUVWXYZ").hasSize(31);
    assertThat(ClaimCode.LENGTH).isEqualTo(8);
  }

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
        "ABCD\u00a02345"
      })
  void inputIsForgiving(String typed) {
    assertThat(ClaimCode.parse(typed).value()).isEqualTo("ABCD2345");
  }

  static Stream<String> codes() {
    Random random = new Random(42);
    return Stream.generate(
            () ->
                IntStream.range(0, ClaimCode.LENGTH)
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
    assertThat(ClaimCode.parse(typed.toString()).value()).isEqualTo(code);
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
    assertThatThrownBy(() -> ClaimCode.parse(typed))
        .isInstanceOfSatisfying(
            InvalidClaimCode.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.code()).isEqualTo("invalid_claim_code");
            })
        .hasMessageContaining("codes never contain 0, O, 1, I or L");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "--", "A", "ABCD234", "ABCD23456", "ABCD2345ABCD2345"})
  void wrongLengthIsToldSo(String typed) {
    assertThatThrownBy(() -> ClaimCode.parse(typed))
        .isInstanceOf(InvalidClaimCode.class)
        .hasMessageContaining("8 characters")
        .hasMessageNotContaining("never contain");
  }

  @Test
  void upperCasingDoesNotDependOnTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      // a Turkish i would become a dotted capital one
      assertThatThrownBy(() -> ClaimCode.parse("abcd234i")).hasMessageContaining("never contain");
      assertThat(ClaimCode.parse("wxyz2345").value()).isEqualTo("WXYZ2345");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isShownByItsLastFourOnly() {
    ClaimCode code = ClaimCode.parse("ABCD2345");
    assertThat(code.last4()).isEqualTo("2345");
    assertThat(code).hasToString("****2345");
    assertThat("code " + code).doesNotContain("ABCD");
  }

  @Test
  void refusalNeverRepeatsWhatWasTyped() {
    assertThatThrownBy(() -> ClaimCode.parse("ABCD2345X")).hasMessageNotContaining("ABCD");
    assertThatThrownBy(() -> ClaimCode.parse("ABCD234O")).hasMessageNotContaining("ABCD");
  }

  private static String filler(Random random) {
    return FILLERS[random.nextInt(FILLERS.length)];
  }
}
