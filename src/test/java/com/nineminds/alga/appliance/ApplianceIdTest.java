package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An appliance id is the name that a machine gave itself. */
class ApplianceIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", ".", "_", "-", "host-1.example_X"})
  void nameIsKeptAsItIs(String text) {
    assertThat(new ApplianceId(text).value()).isEqualTo(text);
    assertThat(new ApplianceId(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a\n", "\na", "\u00e4", "a\0", "\uff21", "\u0661"})
  void otherCharactersAreRefused(String text) {
    assertRefused(text);
  }

  @Test
  void lengthIsOneTo128() {
    assertThat(new ApplianceId("a".repeat(128)).value()).hasSize(128);
    assertRefused("a".repeat(129));
  }

  @Test
  void caseMatters() {
    assertThat(new ApplianceId("Host")).isNotEqualTo(new ApplianceId("host"));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> new ApplianceId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be 1 to 128 letters, digits, dots, dashes or underscores");
  }
}
