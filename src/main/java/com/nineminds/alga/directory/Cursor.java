package com.nineminds.alga.directory;

import com.nineminds.alga.registry.TenantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a list of tenants: the page after a tenant, or the page before it.
 *
 * @param registeredAt when the tenant was registered; null if the statement looks up the place of
 *     the tenant, which depends on the order of the list
 */
public record Cursor(boolean forward, Instant registeredAt, UUID tenantId) {

  private static final String AFTER = "after-";
  private static final String BEFORE = "before-";
  private static final int BYTES = 3 * Long.BYTES;

  /**
   * Later instants would overflow a count of nanoseconds. Their microseconds would then be wrong.
   */
  private static final Instant FAR_FUTURE = Instant.parse("2262-04-01T00:00:00Z");

  /** The page after a tenant, in the order of registration, newest first. */
  Cursor(Instant registeredAt, UUID tenantId) {
    this(true, registeredAt, tenantId);
  }

  /** The page after this tenant, in any order. */
  public static Cursor after(UUID tenantId) {
    return new Cursor(true, null, tenantId);
  }

  static Cursor before(UUID tenantId) {
    return new Cursor(false, null, tenantId);
  }

  /**
   * Reads a text that {@link #text} wrote.
   *
   * @throws IllegalArgumentException for any other text
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

  /** The cursor of {@code GET /tenants}, which is opaque to clients. */
  String text() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, registeredAt))
            .putLong(tenantId.getMostSignificantBits())
            .putLong(tenantId.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /**
   * Reads a text that {@link #place} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  static Cursor parsePlace(String text) {
    boolean forward = text.startsWith(AFTER);
    String prefix = forward ? AFTER : BEFORE;
    if (!text.startsWith(prefix)) {
      throw new IllegalArgumentException("is not a place in this list");
    }
    try {
      UUID tenantId = TenantId.parse(text.substring(prefix.length())).value();
      return new Cursor(forward, null, tenantId);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not a place in this list", e);
    }
  }

  /** The place in the address of a console page: the direction and the tenant's id. */
  String place() {
    return (forward ? AFTER : BEFORE) + tenantId;
  }
}
