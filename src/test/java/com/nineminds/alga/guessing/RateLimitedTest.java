package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateLimitedTest {

  @ParameterizedTest
  @EnumSource(SecretKind.class)
  void isOnePlainSentence(SecretKind what) {
    RateLimited problem = new RateLimited(what, Duration.ofSeconds(30));
    assertThat(problem.status() + " " + problem.code()).isEqualTo("429 rate_limited");
    assertThat(problem.getMessage())
        .matches("[A-Z][^.!?\n]*\\.")
        .contains("please wait", "try again")
        .doesNotContain("_");
  }

  @ParameterizedTest
  @CsvSource({
    "1, a minute",
    "59, a minute",
    "60, 2 minutes",
    "600, 11 minutes",
    "7199, 120 minutes",
    "7200, 3 hours"
  })
  void waitIsNeverUnderstated(long seconds, String told) {
    RateLimited problem = new RateLimited(SecretKind.claim_code, Duration.ofSeconds(seconds));
    assertThat(problem).hasMessageContaining("please wait " + told + ",");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(seconds + 1));
  }
}
