package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A place in a list survives the way to the client and back. */
class CursorTest {

  static Stream<Cursor> cursors() {
    return Stream.of(
        new Cursor(Instant.EPOCH, new UUID(0, 0)),
        new Cursor(Instant.parse("2026-07-01T12:34:56.123456Z"), UUID.randomUUID()),
        new Cursor(Instant.parse("2026-07-01T12:34:56.000001Z"), new UUID(-1, -1)),
        new Cursor(Instant.parse("2262-01-01T23:59:59.999999Z"), new UUID(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("cursors")
  void comesBackToTheMicrosecond(Cursor cursor) {
    assertThat(cursor.text()).matches("[A-Za-z0-9_-]{32}");
    assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "not a cursor", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00"})
  void whatIsNoCursorIsRefused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000_000L})
  void timeThatNoTenantCanHaveIsRefused(long micros) {
    byte[] bytes = ByteBuffer.allocate(24).putLong(micros).array();
    assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not a cursor of this list");
  }
}
