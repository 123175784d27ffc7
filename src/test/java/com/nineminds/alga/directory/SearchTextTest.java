package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search interprets a text in every possible way. */
class SearchTextTest {

  @Test
  void wholeTenantIdIsOneInAnyCase() {
    String id = "7D0F6C1E-52b4-4c0a-9a53-0c8b2f6f1a11";
    assertThat(text(id).tenantId()).isEqualTo(UUID.fromString(id));
    assertThat(text(id.substring(1)).tenantId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ABCD, ABCD, false",
    "abcd, ABCD, false",
    "9xY2, 9XY2, false",
    "****ABCD, ABCD, true",
    "****abcd, ABCD, true",
    "\u2022\u2022\u2022\u2022ABCD, ABCD, true"
  })
  void endOfACodeIsFourOfItsCharacters(String typed, String last4, boolean masked) {
    assertThat(text(typed).last4()).isEqualTo(last4);
    assertThat(text(typed).isMaskedCode()).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ABC", "ABCDE", "AB0D", "ABID", "****", "****ABC", "AB-D", "\u00c4BCD", ""})
  void whatNoCodeEndsWithIsNoEndOfACode(String typed) {
    assertThat(text(typed).last4()).isNull();
    assertThat(text(typed).isMaskedCode()).isFalse();
  }

  @Test
  void beginningOfAnApplianceIdHasThreeOfItsCharactersOrMore() {
    assertThat(text("Box").appliancePrefix()).isEqualTo("Box");
    assertThat(text("box-1.dc_2").appliancePrefix()).isEqualTo("box-1.dc_2");
    assertThat(text("bo").appliancePrefix()).isNull();
    assertThat(text("box 1").appliancePrefix()).isNull();
    assertThat(text("x".repeat(129)).appliancePrefix()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, true", "a b cde, true", "\u00c4rz, true", "123, true",
    "ab, false", "a-b-c, false", "at&t, false", "&&&, false"
  })
  void trigramIsThreeLettersOrDigitsInARow(String typed, boolean has) {
    assertThat(text(typed).hasTrigram()).isEqualTo(has);
  }

  @Test
  void wildcardsOfLikeAreOrdinaryCharacters() {
    assertThat(text("50%_A\\").anywhere()).isEqualTo("%50\\%\\_A\\\\%");
  }

  private static SearchText text(String typed) {
    return new SearchText(typed);
  }
}
