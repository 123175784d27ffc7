package com.nineminds.alga.onboarding;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.onboarding.OnboardingProblem.IdempotencyConflict;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * The idempotency keys, each with the tenant of its request. Every method joins the caller's
 * transaction.
 */
@ApplicationScoped
public class IdempotencyKeys {

  private static final Sql DELETE = Sql.file(IdempotencyKeys.class, "delete_old_keys");
  private static final Sql FIND =
      Sql.text("SELECT body_hash, tenant_id FROM idempotency_keys WHERE idempotency_key = :key");
  private static final Sql FIND_RECENT =
      Sql.text(
          """
          SELECT tenant_id FROM idempotency_keys
          WHERE idempotency_key = :key AND created_at > now() - make_interval(secs => :seconds)
          """);
  private static final Sql FORGET =
      Sql.text(
          "DELETE FROM idempotency_keys WHERE idempotency_key = :key RETURNING idempotency_key");
  private static final Sql STORE =
      Sql.text(
          """
          INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
          VALUES (:key, :digest, :tenant_id) RETURNING idempotency_key
          """);

  @Inject Database database;
  @Inject RegistrationSettings settings;

  private record Used(String digest, TenantId tenant) {}

  /**
   * The tenant of the request that used this key before. Empty for a new key. Throws {@code
   * idempotency_conflict} if that request had another digest.
   */
  Optional<TenantId> tenantOf(IdempotencyKey key) {
    Optional<Used> used = find(key.value());
    if (used.isPresent() && !used.get().digest().equals(key.digest())) {
      throw new IdempotencyConflict();
    }
    return used.map(Used::tenant);
  }

  /** The digest that was stored with the key. Empty for a new key. */
  Optional<String> digestOf(String key) {
    return find(key).map(Used::digest);
  }

  /** The tenant of the key's request; empty if that request is too old for a repeat. */
  Optional<TenantId> recentTenantOf(IdempotencyKey key) {
    return database
        .query(FIND_RECENT)
        .with("key", key.value())
        .with("seconds", settings.repeat().toSeconds())
        .row(row -> new TenantId(row.uuid("tenant_id")));
  }

  /** Forgets the key, so that its request is a new request. */
  void forget(IdempotencyKey key) {
    database.query(FORGET).with("key", key.value()).run();
  }

  private Optional<Used> find(String key) {
    return database
        .query(FIND)
        .with("key", key)
        .row(row -> new Used(row.text("body_hash"), new TenantId(row.uuid("tenant_id"))));
  }

  /** Stores the key. Throws {@link com.nineminds.alga.db.LostRace} if another request stored it. */
  void store(IdempotencyKey key, TenantId tenant) {
    database
        .query(STORE)
        .with("key", key.value())
        .with("digest", key.digest())
        .with("tenant_id", tenant.value())
        .run();
  }

  /**
   * Deletes keys that are at least {@code age} old. A later request with a deleted key is a new
   * request.
   *
   * @param most the largest number of keys to delete in this call
   * @return the number of deleted keys
   */
  public int delete(Duration age, int most) {
    return database
        .query(DELETE)
        .with("age", age.toSeconds())
        .with("most", most)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }
}
