package com.nineminds.alga.onboarding;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.onboarding.OnboardingProblem.IdempotencyConflict;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Which request a key stands for. Every method joins the caller's transaction. */
@ApplicationScoped
class IdempotencyKeys {

  @Inject Database database;

  private record Used(String digest, TenantId tenant) {}

  /**
   * The tenant that the key's request made; empty for a new key; throws {@code
   * idempotency_conflict}.
   */
  Optional<TenantId> tenantOf(IdempotencyKey key) {
    Optional<Used> used = find(key.value());
    if (used.isPresent() && !used.get().digest().equals(key.digest())) {
      throw new IdempotencyConflict();
    }
    return used.map(Used::tenant);
  }

  /** The digest that the key was stored with; empty for a new key. */
  Optional<String> digestOf(String key) {
    return find(key).map(Used::digest);
  }

  private Optional<Used> find(String key) {
    return database
        .statement("SELECT body_hash, tenant_id FROM idempotency_keys WHERE idempotency_key = :key")
        .with("key", key)
        .row(row -> new Used(row.text("body_hash"), new TenantId(row.uuid("tenant_id"))));
  }

  /** Remembers the key; throws {@link com.nineminds.alga.db.LostRace} when it is in use. */
  void store(IdempotencyKey key, TenantId tenant) {
    database
        .statement(
            """
            INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
            VALUES (:key, :digest, :tenant_id) RETURNING idempotency_key
            """)
        .with("key", key.value())
        .with("digest", key.digest())
        .with("tenant_id", tenant.value())
        .run();
  }
}
