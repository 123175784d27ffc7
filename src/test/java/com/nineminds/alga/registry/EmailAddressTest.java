package com.nineminds.alga.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an e-mail address. */
class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "Jane.Doe+alga@mail.example.co.uk",
        "o'brien@example.com",
        "j\u00fcrgen@m\u00fcller.example",
        "\ud83d\ude00@example.com"
      })
  void addressIsKeptAsItIs(String text) {
    assertThat(new EmailAddress(text).value()).isEqualTo(text);
    assertThat(new EmailAddress(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@",
        "a@",
        "@b",
        "a@b@c",
        "a b@c",
        "a@b c",
        " a@b",
        "a@b\n",
        "a\0@b",
        "a@\u00a0b",
        "a\u202e@b",
        "a\ud800@b"
      })
  void otherShapesAreRefused(String text) {
    assertThatThrownBy(() -> new EmailAddress(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be an e-mail address");
  }

  @Test
  void atMost254CharactersAreAccepted() {
    String end = "@example.com";
    String longest = "a".repeat(254 - end.length()) + end;
    assertThat(new EmailAddress(longest).value()).hasSize(254);
    assertThatThrownBy(() -> new EmailAddress("a" + longest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must have at most 254 characters");
  }

  @Test
  void charactersAreCountedAsPeopleCountThem() {
    String end = "@example.com";
    String text = "\ud83d\ude00".repeat(254 - end.length()) + end;
    assertThat(new EmailAddress(text).value()).isEqualTo(text);
  }
}
