package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers choose the texts in the file. A spreadsheet must not run them as formulas. */
class TenantsCsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "="})
  void whatLooksLikeAFormulaIsMadeAText(String text) {
    assertThat(TenantsCsv.harmless(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Acme", "A=B", "it@acme.example", " =1", "'=1"})
  void otherTextStaysAsItIs(String text) {
    assertThat(TenantsCsv.harmless(text)).isEqualTo(text);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(TenantsCsv.harmless(null)).isNull();
  }
}
