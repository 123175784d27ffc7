package com.nineminds.alga.registry;

import com.nineminds.alga.http.request.LogField;
import java.util.UUID;
import java.util.regex.Pattern;

/** The identity of a tenant: a UUID in its canonical form of 36 characters. */
public record TenantId(UUID value) {

  /** The log field for the tenant of a request. */
  public static final LogField LOGGED = new LogField("tenant", "tenant_id");

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  /**
   * Reads an id, in upper or lower case.
   *
   * @throws IllegalArgumentException if {@code text} is not a UUID in its canonical form ({@link
   *     UUID#fromString} accepts other texts too)
   */
  public static TenantId parse(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a UUID");
    }
    return new TenantId(UUID.fromString(text));
  }

  /**
   * The id with that value; null for null, since older codes and subscriptions may have no tenant.
   */
  public static TenantId of(UUID value) {
    return value == null ? null : new TenantId(value);
  }

  /** The value, or null when {@code id} is null. */
  public static UUID uuid(TenantId id) {
    return id == null ? null : id.value;
  }

  /** A new random id. */
  public static TenantId mint() {
    return new TenantId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
