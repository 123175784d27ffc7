package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.AnyText;
import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text as a code. */
class ClaimCodeAnyInputTest {

  @Provide
  Arbitrary<String> codes() {
    return Arbitraries.strings()
        .withChars(ClaimCode.ALPHABET.toCharArray())
        .ofMinLength(ClaimCode.SHORTEST)
        .ofMaxLength(ClaimCode.LONGEST);
  }

  @Provide
  Arbitrary<String> texts() {
    return AnyText.like(ClaimCode.ALPHABET + ClaimCode.ALPHABET.toLowerCase(Locale.ROOT) + " -\t");
  }

  @Provide
  Arbitrary<List<String>> fillers() {
    return Arbitraries.of("", " ", "-", "\u2013", "\u2014 ", "\u00a0", "\u3000", "\t\r\n", " - ")
        .list()
        .ofSize(ClaimCode.LONGEST + 1);
  }

  @Property
  void isReadTheSameTwiceAndNeverRepeatedByARefusal(@ForAll("texts") String typed) {
    TypedCode code = TypedCode.parse(typed);
    assertThat(TypedCode.parse(code.text())).isEqualTo(code);
    InvalidClaimCode refusal = code.refusal(ClaimCode.SHORTEST);
    assertThat(refusal.status()).isEqualTo(404);
    if (typed.strip().length() >= ClaimCode.SHORTEST) {
      assertThat(refusal.getMessage()).doesNotContain(typed.strip());
    }
  }

  @Property
  void codeSurvivesEveryWayOfTypingIt(
      @ForAll("codes") String code,
      @ForAll("fillers") List<String> fillers,
      @ForAll boolean lower) {
    StringBuilder typed = new StringBuilder(fillers.get(0));
    for (int i = 0; i < code.length(); i++) {
      typed.append(code.charAt(i)).append(fillers.get(i + 1));
    }
    String text = lower ? typed.toString().toLowerCase(Locale.ROOT) : typed.toString();
    assertThat(TypedCode.parse(text).text()).isEqualTo(code);
  }

  @Property
  void codeIsNeverShownWhole(@ForAll("codes") String code) {
    assertThat(new ClaimCode(code).toString()).doesNotContain(code).hasSize(8);
    assertThat(ClaimCode.isLast4(new ClaimCode(code).last4())).isTrue();
  }
}
