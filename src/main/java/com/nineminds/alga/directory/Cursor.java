package com.nineminds.alga.directory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** The place of a tenant in the list of all, newest registration first: opaque to clients. */
record Cursor(Instant registeredAt, UUID tenantId) {

  private static final int BYTES = 3 * Long.BYTES;

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  static Cursor parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("is not a cursor of this list");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Instant registeredAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
    if (registeredAt.isBefore(Instant.EPOCH) || registeredAt.isAfter(FAR_FUTURE)) {
      throw new IllegalArgumentException("is not a cursor of this list");
    }
    return new Cursor(registeredAt, new UUID(buffer.getLong(), buffer.getLong()));
  }

  /** Soon after it, the microseconds since 1970 are counted wrong: in nanoseconds they overflow. */
  private static final Instant FAR_FUTURE = Instant.parse("2262-04-01T00:00:00Z");

  String text() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, registeredAt))
            .putLong(tenantId.getMostSignificantBits())
            .putLong(tenantId.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }
}
