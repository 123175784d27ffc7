package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers choose the texts in the file. A spreadsheet must not run them as formulas. */
class TenantsCsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
        "=",
        " =1",
        "\u00a0=1",
        "\u3000=1",
        "\u200b=1",
        "\ufeff=1",
        "\u00ad=1",
        "\"=1",
        " \" =1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)",
        "\u22121",
        "\ufe66HYPERLINK(A1)",
        "=cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0"
      })
  void whatLooksLikeAFormulaIsMadeAText(String text) {
    assertThat(TenantsCsv.harmless(text)).isEqualTo("'" + text);
  }

  /** A spreadsheet in another language divides a line at other characters. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Acme;=2+5;x ! Acme;'=2+5;x",
        "Acme; =2+5 ! Acme;' =2+5",
        "Acme;\"=2+5\" ! Acme;'\"=2+5\"",
        "Acme,@x|-1 ! Acme,'@x|'-1",
        "a;b;+1 ! a;b;'+1",
        "=1;=2 ! '=1;'=2",
        ";;=1 ! ;;'=1"
      })
  void formulaBehindASeparatorIsMadeAText(String text, String harmless) {
    assertThat(TenantsCsv.harmless(text)).isEqualTo(harmless);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Acme\t=1", "Acme\n=1", "Acme\r\n=1", "Acme\u2028=1", "Acme\u000b=1"})
  void formulaInAnotherLineIsMadeAText(String text) {
    assertThat(TenantsCsv.harmless(text)).contains("'=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Acme",
        "A=B",
        "it@acme.example",
        "'=1",
        "Acme - Berlin",
        "Acme; Sons",
        "R&D, Inc.",
        "100 %",
        "a|b",
        "\u682a\u5f0f\u4f1a\u793e"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(TenantsCsv.harmless(text)).isEqualTo(text);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(TenantsCsv.harmless(null)).isNull();
  }
}
