package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);
  private static final Seal SEAL = new Seal("hunter2", "test");

  @Test
  void opensWhatItSealedUntilItsTimeIsOver() {
    String sealed = SEAL.seal("a.b-c_d", END);
    assertThat(sealed).matches("[A-Za-z0-9_.-]+");
    assertThat(SEAL.open(sealed, NOW)).contains("a.b-c_d");
    assertThat(new Seal("hunter2", "test").open(sealed, END.minusSeconds(1))).contains("a.b-c_d");
    assertThat(SEAL.open(sealed, END)).isEmpty();
  }

  @Test
  void opensNothingOfAnotherSecretOrUse() {
    String sealed = SEAL.seal("a", END);
    assertThat(new Seal("hunter3", "test").open(sealed, NOW)).isEmpty();
    assertThat(new Seal("hunter2", "tests").open(sealed, NOW)).isEmpty();
  }

  @Test
  void opensNothingThatWasChanged() {
    String sealed = SEAL.seal("a", END);
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == '1' ? '2' : '1';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThat(SEAL.open(changed, NOW)).as(changed).isEmpty();
    }
    String later = sealed.replace("." + END.getEpochSecond(), "." + (END.getEpochSecond() + 1));
    assertThat(SEAL.open(later, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.1.", "a.99999999999", "\u00e4.1.x", "a.-1.x"})
  void opensNothingElse(String text) {
    assertThat(SEAL.open(text, NOW)).isEmpty();
    assertThat(SEAL.open(text + "A".repeat(43), NOW)).isEmpty();
  }

  @Test
  void isShownWithoutItsSecret() {
    assertThat(SEAL.toString()).doesNotContain("hunter2");
  }
}
