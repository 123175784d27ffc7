package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimCodeTest {

  @Test
  void alphabetLeavesOutWhatCanBeMistaken() {
    assertThat(ClaimCode.ALPHABET).isEqualTo("23456789ABCDEFGHJKMNPQRSTUVWXYZ").hasSize(31);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABCD2345", "ABCD23456", "ABCD2345ABCD2345"})
  void isShownByItsLastFourOnly(String value) {
    ClaimCode code = new ClaimCode(value);
    assertThat(code.last4()).isEqualTo(value.substring(value.length() - 4)).hasSize(4);
    assertThat(code).hasToString("****" + code.last4());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ABCD234", "ABCD2345ABCD23456", "abcd2345", "ABCD-2345", "ABCD234O"})
  void nothingElseIsACode(String value) {
    assertThatThrownBy(() -> new ClaimCode(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a claim code");
  }
}
