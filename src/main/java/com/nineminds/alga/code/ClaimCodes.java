package com.nineminds.alga.code;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The install codes. Every method that reads or writes rows joins the caller's transaction. */
@ApplicationScoped
public class ClaimCodes {

  private static final Sql MINT = Sql.file(ClaimCodes.class, "mint_code");
  private static final Sql REVOKE = Sql.file(ClaimCodes.class, "revoke_code");
  private static final Sql REVOKE_ALL = Sql.file(ClaimCodes.class, "revoke_codes_of_entitlement");
  private static final Sql CLOSE_RETRIES = Sql.file(ClaimCodes.class, "close_retries");
  private static final Sql SETTLE = Sql.text("SELECT settle_codes(:tenant_id)");
  private static final Sql FIND_ONE =
      Sql.text("SELECT id FROM claim_codes WHERE entitlement_id = :id LIMIT 1");

  @PersistenceContext EntityManager em;
  @Inject Database database;
  @Inject AuditLog auditLog;
  @Inject CodeSettings settings;

  /**
   * Creates a code that is not stored yet. A statement then inserts it together with other rows.
   */
  public MintedCode draft() {
    UUID id = UUID.randomUUID();
    return new MintedCode(id, settings.key().derive(id, settings.codeLength()), null);
  }

  /**
   * Sets {@code :code_id}, {@code :code_hash}, {@code :code_last4} and {@code :code_ttl} (seconds).
   *
   * @param draft null sets all of them to null
   */
  public SqlCall bind(SqlCall call, MintedCode draft) {
    boolean coded = draft != null;
    return call.with("code_id", coded ? draft.id() : null)
        .with("code_hash", coded ? settings.key().hash(draft.code()) : null)
        .with("code_last4", coded ? draft.code().last4() : null)
        .with("code_ttl", coded ? settings.timeToLive().toSeconds() : null);
  }

  /**
   * Mints a code for the tenant, with its active subscription if it has one. Every older code is
   * superseded. An older code that was not consumed is also revoked. A consumed code can no longer
   * be redeemed again by its appliance. The caller must have locked the tenant.
   */
  public MintedCode mint(TenantId tenant) {
    return mint(tenant.value(), null);
  }

  /**
   * Mints a code for a subscription that has no tenant in the registry. The caller must have locked
   * the subscription.
   */
  MintedCode mint(Entitlement unbound) {
    return mint(null, unbound.id());
  }

  private MintedCode mint(UUID tenantId, UUID entitlementId) {
    MintedCode draft = draft();
    Instant expiresAt =
        auditLog
            .bind(
                bind(database.query(MINT), draft)
                    .with("tenant_id", tenantId)
                    .with("entitlement_id", entitlementId),
                Actor.service)
            .row(row -> row.instant("expires_at"))
            .orElseThrow();
    return new MintedCode(draft.id(), draft.code(), expiresAt);
  }

  /**
   * Leaves a tenant that was just registered with at most one live code. Subscriptions may have
   * named its id before, and their codes have no tenant. If the tenant has a code, it supersedes
   * these codes. Otherwise their live code becomes the code of the tenant. Locks the subscriptions.
   */
  public void settle(TenantId registered) {
    database.query(SETTLE).with("tenant_id", registered.value()).run();
  }

  /**
   * Revokes the unconsumed codes of a revoked entitlement. Supersedes its consumed codes that have
   * no tenant. Their appliances cannot redeem them again, even if the entitlement becomes active
   * again.
   */
  public void revokeUnconsumed(Entitlement revoked) {
    auditLog
        .bind(database.query(REVOKE_ALL).with("entitlement_id", revoked.id()), Actor.service)
        .run();
    database.query(CLOSE_RETRIES).with("entitlement_id", revoked.id()).run();
  }

  /**
   * Revokes one unconsumed code of the tenant, expired or not, in one statement. Throws {@link
   * CodeChanged} if the tenant has no such code any more.
   */
  public void revoke(TenantId tenant, UUID codeId) {
    boolean revoked =
        auditLog
            .bind(
                database.query(REVOKE).with("id", codeId).with("tenant_id", tenant.value()),
                Actor.service)
            .row(row -> row.flag("revoked"))
            .isPresent();
    if (!revoked) {
      throw new CodeChanged();
    }
  }

  /** The newest code of the tenant, in any state. */
  public Optional<IssuedCode> newest(TenantId tenant) {
    return em
        .createQuery(
            "FROM IssuedCode WHERE tenantId = :tenant AND supersededAt IS NULL", IssuedCode.class)
        .setParameter("tenant", tenant.value())
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The newest codes of the tenant, at most 100. The newest code is first. */
  public List<IssuedCode> of(TenantId tenant) {
    return em.createQuery(
            "FROM IssuedCode WHERE tenantId = :tenant ORDER BY createdAt DESC", IssuedCode.class)
        .setParameter("tenant", tenant.value())
        .setMaxResults(100)
        .getResultList();
  }

  /**
   * Derives the text of an issued code again, so that it can be shown. Returns empty if the key of
   * the code is no longer configured.
   */
  public Optional<MintedCode> reveal(IssuedCode issued) {
    return keys().stream()
        .flatMap(
            key ->
                lengths()
                    .mapToObj(length -> key.derive(issued.id, length))
                    .filter(code -> issued.hasHash(key.hash(code))))
        .map(code -> new MintedCode(issued.id, code, issued.expiresAt))
        .findFirst();
  }

  /** Whether no code was ever minted for the subscription. */
  public boolean hasNone(Entitlement entitlement) {
    return database
        .query(FIND_ONE)
        .with("id", entitlement.id())
        .row(row -> row.uuid("id"))
        .isEmpty();
  }

  /**
   * The hashes under which the code can be stored: one for each configured key, the current key
   * first.
   */
  public List<byte[]> hashes(TypedCode typed) {
    return keys().stream().map(key -> key.hash(typed)).toList();
  }

  /**
   * A value that identifies this code where failed tries are counted: 32 bytes, independent of its
   * hashes.
   */
  public byte[] tryOf(TypedCode typed) {
    return settings.key().tryOf(typed);
  }

  /** The refusal of a code that does not exist. */
  public InvalidClaimCode unknown(TypedCode typed) {
    return typed.refusal(settings.codeLength());
  }

  /** The lengths that a stored code can have. The length of new codes is first. */
  private IntStream lengths() {
    return IntStream.concat(
        IntStream.of(settings.codeLength()),
        IntStream.rangeClosed(ClaimCode.SHORTEST, ClaimCode.LONGEST));
  }

  private List<CodeKey> keys() {
    return settings
        .previous()
        .map(key -> List.of(settings.key(), key))
        .orElse(List.of(settings.key()));
  }
}
