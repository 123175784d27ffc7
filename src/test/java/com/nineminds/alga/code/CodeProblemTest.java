package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.code.CodeProblem.ConsumedClaimCode;
import com.nineminds.alga.code.CodeProblem.ExpiredClaimCode;
import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import com.nineminds.alga.code.CodeProblem.SupersededClaimCode;
import com.nineminds.alga.code.CodeProblem.TenantMismatch;
import com.nineminds.alga.guessing.WrongGuess;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A setup screen shows these sentences unchanged. */
class CodeProblemTest {

  private static final Instant WHEN = Instant.parse("2026-03-05T23:59:59Z");

  static Stream<CodeProblem> all() {
    return Stream.of(
        InvalidClaimCode.unknown(),
        InvalidClaimCode.tooShort(8),
        InvalidClaimCode.tooLong(8),
        InvalidClaimCode.foreignCharacter(),
        new ExpiredClaimCode(WHEN),
        new ConsumedClaimCode(WHEN),
        SupersededClaimCode.replaced(WHEN),
        SupersededClaimCode.revoked(WHEN),
        new TenantMismatch());
  }

  @ParameterizedTest
  @MethodSource("all")
  void isOnePlainSentence(CodeProblem problem) {
    assertThat(problem.getMessage())
        .matches("[A-Z][^.!?\n]*\\.")
        .hasSizeBetween(30, 250)
        .doesNotContainIgnoringCase("exception", "sql", "null", "uuid", "_");
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysWhatToDoNext(CodeProblem problem) {
    assertThat(problem.getMessage()).contains("request a fresh code").contains("from the portal");
  }

  @Test
  void dateIsToldWhereThereIsOne() {
    assertThat(new ExpiredClaimCode(WHEN)).hasMessageContaining("expired on 5 March 2026");
    assertThat(new ConsumedClaimCode(WHEN)).hasMessageContaining("used on 5 March 2026");
    assertThat(SupersededClaimCode.replaced(WHEN)).hasMessageContaining("on 5 March 2026");
    assertThat(SupersededClaimCode.revoked(WHEN)).hasMessageContaining("revoked on 5 March 2026");
  }

  @Test
  void dateDoesNotDependOnTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(new ExpiredClaimCode(WHEN)).hasMessageContaining("expired on 5 March 2026");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void statusAndCodeAreThoseOfTheContract() {
    assertThat(all().map(problem -> problem.status() + " " + problem.code()))
        .containsExactly(
            "404 invalid_claim_code",
            "404 invalid_claim_code",
            "404 invalid_claim_code",
            "404 invalid_claim_code",
            "410 expired_claim_code",
            "409 consumed_claim_code",
            "409 superseded_claim_code",
            "409 superseded_claim_code",
            "409 tenant_mismatch");
  }

  @Test
  void mismatchSaysThatTheCodeIsNotUsedUp() {
    assertThat(new TenantMismatch()).hasMessageContaining("not used up");
  }

  @Test
  void operatorIsToldThatNothingWasChanged() {
    CodeChanged problem = new CodeChanged();
    assertThat(problem.status() + " " + problem.code()).isEqualTo("409 code_changed");
    assertThat(problem)
        .message()
        .matches("[A-Z][^.!?\n]*\\.")
        .contains("used, revoked or replaced", "nothing was changed");
  }

  @Test
  void whatWasNeverACodeIsAGuessForTenMinutesAndWhatWasOneForADay() {
    assertThat(
            all()
                .filter(WrongGuess.class::isInstance)
                .map(problem -> ((WrongGuess) problem).countsOnceIn().toMinutes()))
        .containsExactly(10L, 10L, 10L, 10L, 1440L, 1440L, 1440L, 1440L);
  }
}
