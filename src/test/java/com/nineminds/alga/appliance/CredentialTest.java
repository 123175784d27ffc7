package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An appliance proves its identity with a credential. */
class CredentialTest {

  private static final String ZEROS = "0".repeat(64);

  @Test
  void mintedOneIs64HexCharacters() {
    Credential credential = Credential.mint();
    assertThat(credential.value()).matches("[0-9a-f]{64}");
    assertThat(Credential.parse(credential.value())).contains(credential);
  }

  @Test
  void mintedOnesDiffer() {
    assertThat(Stream.generate(Credential::mint).limit(1_000).distinct()).hasSize(1_000);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "0".repeat(63),
        "0".repeat(65),
        "g" + "0".repeat(63),
        "A" + "0".repeat(63),
        ZEROS + "\n",
        " " + ZEROS,
        "\u0660".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedOneIsNone(String text) {
    assertThat(Credential.parse(text)).isEmpty();
  }

  /** Another program computed it. With another hash, no appliance could check in. */
  @Test
  void hashIsSha256OfTheHexCharacters() {
    assertThat(HexFormat.of().formatHex(new Credential(ZEROS).hash()))
        .isEqualTo("60e05bd1b195af2f94112fa7197a5c88" + "289058840ce7c6df9693756bc6250f55");
  }

  @Test
  void isNeverShown() {
    assertThat("x" + new Credential(ZEROS)).doesNotContain("00");
  }
}
