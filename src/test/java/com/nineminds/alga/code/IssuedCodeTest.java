package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A code has a state, and a page shows the state. */
class IssuedCodeTest {

  private static final Instant EARLIER = Instant.parse("2026-03-05T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-06T10:00:00Z");

  private final IssuedCode code = new IssuedCode();

  @Test
  void untouchedCodeIsLive() {
    assertThat(code.state()).isEqualTo(CodeState.live);
  }

  @Test
  void codeAfterItsTimeIsExpired() {
    code.expired = true;
    assertThat(code.state()).isEqualTo(CodeState.expired);
  }

  @Test
  void usedCodeIsConsumedWhateverCameLater() {
    code.consumedAt = EARLIER;
    assertThat(code.state()).isEqualTo(CodeState.consumed);
    code.expired = true;
    code.supersededAt = LATER;
    assertThat(code.state()).isEqualTo(CodeState.consumed);
  }

  @Test
  void revokedCodeIsRevokedExpiredOrNot() {
    code.revokedAt = EARLIER;
    assertThat(code.state()).isEqualTo(CodeState.revoked);
    code.expired = true;
    assertThat(code.state()).isEqualTo(CodeState.revoked);
  }

  @Test
  void codeThatGaveWayToANewerOneIsReplaced() {
    code.revokedAt = EARLIER;
    code.supersededAt = EARLIER;
    code.expired = true;
    assertThat(code.state()).isEqualTo(CodeState.replaced);
    assertThat(code.newest()).isFalse();
  }

  @Test
  void revokedCodeIsStillRevokedOnceThereIsANewerOne() {
    code.revokedAt = EARLIER;
    code.supersededAt = LATER;
    assertThat(code.state()).isEqualTo(CodeState.revoked);
  }

  @Test
  void seenCodeIsAnotherOnceItIsUsed() {
    code.id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    String before = code.seen();
    code.expired = true;
    assertThat(code.seen()).as("expired").isEqualTo(before);
    code.consumedAt = EARLIER;
    assertThat(code.seen()).as("used").isNotEqualTo(before);
  }

  @Test
  void seenCodeIsAnotherThanEveryOtherCode() {
    code.id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    IssuedCode other = new IssuedCode();
    other.id = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950f");
    assertThat(code.seen()).isNotEqualTo(other.seen()).isNotEqualTo(IssuedCode.NONE_SEEN);
  }
}
