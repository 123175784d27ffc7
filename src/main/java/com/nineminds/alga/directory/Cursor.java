package com.nineminds.alga.directory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * The place of a tenant in the list of all tenants, newest registration first. Its text is opaque
 * to clients.
 */
record Cursor(Instant registeredAt, UUID tenantId) {

  private static final int BYTES = 3 * Long.BYTES;

  /**
   * Reads a text of {@link #text}.
   *
   * @throws IllegalArgumentException if the text is not a cursor
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

  /**
   * Soon after this time, counting the microseconds since 1970 overflows, because Java counts in
   * nanoseconds.
   */
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
