package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

  @Test
  void isReadAsItWasMinted() {
    SessionToken token = SessionToken.mint();
    assertThat(SessionToken.parse(token.value())).contains(token);
    assertThat(token.value()).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void neverRepeats() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(SessionToken.mint().value())).isTrue();
    }
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"x", "A*", "AAAA", "A43\n", " A43", "A43=", "A43A", "A42+", "A42/", "A42\u00e9"})
  void anythingElseIsNone(String text) {
    String value =
        text == null ? null : text.replace("A43", "A".repeat(43)).replace("A42", "A".repeat(42));
    assertThat(SessionToken.parse(value)).isEmpty();
  }

  @Test
  void whatFormsCarryTellsNothingOfIt() {
    SessionToken token = SessionToken.mint();
    SessionToken other = SessionToken.mint();
    assertThat(token.formToken())
        .isEqualTo(new SessionToken(token.value()).formToken())
        .isNotEqualTo(other.formToken())
        .isNotEqualTo(token.value())
        .matches("[A-Za-z0-9_-]{43}");
    assertThat(token.hash()).hasSize(32).isNotEqualTo(other.hash());
  }

  @Test
  void isNotShown() {
    SessionToken token = SessionToken.mint();
    assertThat("%s %s".formatted(token, token.toString())).isEqualTo("**** ****");
  }
}
