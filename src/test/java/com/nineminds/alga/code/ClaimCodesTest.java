package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A live code is shown again, also after rotations of its key. */
@SuppressWarnings("UnnecessaryAssignment") // the fields are injected in the server
class ClaimCodesTest {

  private static final CodeKey FIRST = key(1);
  private static final CodeKey SECOND = key(2);
  private static final CodeKey THIRD = key(3);

  private final IssuedCode issued = issuedUnder(FIRST);

  @Test
  void codeIsShownAgainUnderItsKey() {
    assertThat(codes(FIRST, null).reveal(issued).map(MintedCode::code))
        .contains(FIRST.derive(issued.id, 8));
  }

  @Test
  void codeIsShownAgainAfterOneRotation() {
    assertThat(codes(SECOND, FIRST).reveal(issued).map(MintedCode::code))
        .contains(FIRST.derive(issued.id, 8));
  }

  @Test
  void codeOfAKeyTwoRotationsAgoIsNotShownAndNoError() {
    assertThat(codes(THIRD, SECOND).reveal(issued)).isEmpty();
  }

  @Test
  void codeIsShownAgainAfterItsLengthWasChanged() {
    assertThat(codes(SECOND, FIRST, 12).reveal(issued).map(MintedCode::code))
        .contains(FIRST.derive(issued.id, 8));
  }

  private static ClaimCodes codes(CodeKey key, CodeKey previous) {
    return codes(key, previous, 8);
  }

  private static ClaimCodes codes(CodeKey key, CodeKey previous, int length) {
    ClaimCodes codes = new ClaimCodes();
    codes.settings =
        new CodeSettings(
            key, Optional.ofNullable(previous), Duration.ofDays(30), Duration.ofDays(1), length);
    return codes;
  }

  private static IssuedCode issuedUnder(CodeKey key) {
    IssuedCode issued = new IssuedCode();
    issued.id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    issued.codeHash = key.hash(key.derive(issued.id, 8));
    issued.expiresAt = Instant.parse("2030-01-01T00:00:00Z");
    return issued;
  }

  private static CodeKey key(int filler) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filler);
    return new CodeKey(bytes);
  }
}
