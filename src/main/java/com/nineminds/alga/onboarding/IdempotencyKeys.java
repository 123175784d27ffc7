package com.nineminds.alga.onboarding;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.onboarding.OnboardingProblem.IdempotencyConflict;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Which request a key stands for. Every method joins the caller's transaction. */
@ApplicationScoped
public class IdempotencyKeys {

  private static final Sql DELETE = Sql.file(IdempotencyKeys.class, "delete_old_keys");
  private static final Sql FIND =
      Sql.text("SELECT body_hash, tenant_id FROM idempotency_keys WHERE idempotency_key = :key");
  private static final Sql STORE =
      Sql.text(
          """
          INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
          VALUES (:key, :digest, :tenant_id) RETURNING idempotency_key
          """);

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
        .query(FIND)
        .with("key", key)
        .row(row -> new Used(row.text("body_hash"), new TenantId(row.uuid("tenant_id"))));
  }

  /** Remembers the key; throws {@link com.nineminds.alga.db.LostRace} when it is in use. */
  void store(IdempotencyKey key, TenantId tenant) {
    database
        .query(STORE)
        .with("key", key.value())
        .with("digest", key.digest())
        .with("tenant_id", tenant.value())
        .run();
  }

  /**
   * Forgets keys of that age: a request with one of them is a new request.
   *
   * @param most how many at once
   * @return how many
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
