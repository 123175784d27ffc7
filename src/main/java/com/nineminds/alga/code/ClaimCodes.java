package com.nineminds.alga.code;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.CodeProblem.CodeChanged;
import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import com.nineminds.alga.db.Database;
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

  /** What {@link #bind} gives to a statement for many: see {@link Database#batched}. */
  public static final String ASKED =
      "code_id uuid, code_hash bytea, code_last4 text, code_ttl bigint";

  /**
   * The further parts of a WITH clause whose first are {@code asked}, with the columns of {@link
   * #ASKED} and {@link AuditLog#ASKED}, and {@code whose (n, tenant_id, entitlement_id)}: they mint
   * a code for each row of {@code whose}, {@code code (id, tenant_id, code_last4, expires_at)}, as
   * {@link #mint(TenantId)} says. The tenant or the entitlement of {@code whose} is locked; the
   * subscriptions of the tenant are looked up after that.
   */
  public static final String MINTING =
      """
      , bought AS (
        SELECT n, entitlement_id AS id, true AS active FROM whose WHERE entitlement_id IS NOT NULL
        UNION ALL
        SELECT n, e.id, e.active FROM whose CROSS JOIN LATERAL entitlements_of(whose.tenant_id) e
      ), newest AS (
        -- one after the other: they would be looked for among all that are the newest
        SELECT c.id FROM whose CROSS JOIN LATERAL (
          SELECT id FROM claim_codes
          WHERE tenant_id = whose.tenant_id AND superseded_at IS NULL
          LIMIT 1) c
        UNION ALL
        SELECT c.id FROM bought CROSS JOIN LATERAL (
          SELECT id FROM claim_codes
          WHERE entitlement_id = bought.id AND tenant_id IS NULL AND superseded_at IS NULL
          LIMIT 1) c
      ), older AS (
        UPDATE claim_codes
        SET superseded_at = now(),
            revoked_at = CASE WHEN consumed_at IS NULL THEN coalesce(revoked_at, now()) END
        FROM newest
        WHERE claim_codes.id = newest.id AND superseded_at IS NULL
        RETURNING claim_codes.id
      ), code AS (
        INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at)
        -- counting makes the older ones give way first
        SELECT code_id, whose.tenant_id, paid.id, code_hash, code_last4,
               now() + make_interval(secs => code_ttl)
        FROM (SELECT count(*) FROM older) given_way,
             whose JOIN asked USING (n)
             LEFT JOIN (SELECT n, id FROM bought WHERE active) paid USING (n)
        RETURNING id, tenant_id, code_last4, expires_at
      )
      """
          + AuditLog.with(
              AuditLog.rowOfEach(
                  AuditEvent.code_minted,
                  "code.tenant_id",
                  "'****' || code.code_last4",
                  "code JOIN asked ON asked.code_id = code.id"));

  private static final String MINT =
      """
      WITH asked AS (
        SELECT 1 AS n, CAST(:tenant_id AS uuid) AS tenant_id,
               CAST(:entitlement_id AS uuid) AS entitlement_id, CAST(:code_id AS uuid) AS code_id,
               CAST(:code_hash AS bytea) AS code_hash, CAST(:code_last4 AS text) AS code_last4,
               CAST(:code_ttl AS bigint) AS code_ttl, CAST(:actor AS text) AS actor,
               CAST(:operator AS text) AS operator, CAST(:operator_sub AS text) AS operator_sub,
               CAST(:request_id AS text) AS request_id, CAST(:address AS text) AS address
      ), whose AS (
        SELECT n, tenant_id, entitlement_id FROM asked
      )
      """
          + MINTING
          + "SELECT expires_at FROM code";

  private static final String REVOKE =
      """
      WITH code AS (
        UPDATE claim_codes SET revoked_at = now()
        WHERE %s AND consumed_at IS NULL AND revoked_at IS NULL
        RETURNING tenant_id, code_last4
      )
      """
          + AuditLog.with(
              AuditLog.row(AuditEvent.code_revoked, "tenant_id", "'****' || code_last4", "code"))
          + "SELECT true AS revoked FROM code";

  private static final String REVOKE_ENTITLEMENT =
      REVOKE.formatted("entitlement_id = :entitlement_id");

  private static final String CLOSE_RETRIES =
      """
      UPDATE claim_codes SET superseded_at = now()
      WHERE entitlement_id = :entitlement_id AND tenant_id IS NULL AND superseded_at IS NULL
        AND consumed_at IS NOT NULL
      RETURNING id
      """;

  private static final String REVOKE_ONE = REVOKE.formatted("id = :id AND tenant_id = :tenant_id");

  @PersistenceContext EntityManager em;
  @Inject Database database;
  @Inject AuditLog auditLog;
  @Inject CodeSettings settings;

  /** A code that is not stored yet, for a statement that inserts it along with other rows. */
  public MintedCode draft() {
    UUID id = UUID.randomUUID();
    return new MintedCode(id, settings.key().derive(id, settings.codeLength()), null);
  }

  /**
   * Sets {@code :code_id}, {@code :code_hash}, {@code :code_last4} and {@code :code_ttl} (seconds).
   */
  public SqlCall bind(SqlCall call, MintedCode draft) {
    return call.with("code_id", draft.id())
        .with("code_hash", settings.key().hash(draft.code()))
        .with("code_last4", draft.code().last4())
        .with("code_ttl", settings.timeToLive().toSeconds());
  }

  /**
   * Mints a code for the tenant, with the subscription that is active now, if any. Every older code
   * is superseded: revoked if it was not consumed, and no longer to be redeemed again by the
   * appliance that consumed it. The caller has locked the tenant.
   */
  public MintedCode mint(TenantId tenant) {
    return mint(tenant.value(), null);
  }

  /** The same for a subscription that has no tenant in the registry. The caller has locked it. */
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
   * Leaves a tenant that was just registered with one live code at most. Subscriptions may have
   * named its id before, and their codes carry no tenant: they are superseded by the tenant's code,
   * or the live one becomes it. Locks the subscriptions.
   */
  public void settle(TenantId registered) {
    database.query("SELECT settle_codes(:tenant_id)").with("tenant_id", registered.value()).run();
  }

  /**
   * Revokes the codes of a revoked entitlement that nobody consumed. A consumed one without a
   * tenant is superseded: its appliance may not redeem it again once the entitlement is active
   * again.
   */
  public void revokeUnconsumed(Entitlement revoked) {
    auditLog
        .bind(
            database.query(REVOKE_ENTITLEMENT).with("entitlement_id", revoked.id()), Actor.service)
        .run();
    database.query(CLOSE_RETRIES).with("entitlement_id", revoked.id()).run();
  }

  /**
   * Revokes one code of the tenant that nobody used, expired or not; throws {@link CodeChanged}
   * when there is no such code any more. One statement.
   */
  public void revoke(TenantId tenant, UUID codeId) {
    boolean revoked =
        auditLog
            .bind(
                database.query(REVOKE_ONE).with("id", codeId).with("tenant_id", tenant.value()),
                Actor.service)
            .row(row -> row.flag("revoked"))
            .isPresent();
    if (!revoked) {
      throw new CodeChanged();
    }
  }

  /** The newest code of the tenant, whatever became of it. */
  public Optional<IssuedCode> newest(TenantId tenant) {
    return em
        .createQuery(
            "FROM IssuedCode WHERE tenantId = :tenant AND supersededAt IS NULL", IssuedCode.class)
        .setParameter("tenant", tenant.value())
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The codes of the tenant, newest first, at most 100. */
  public List<IssuedCode> of(TenantId tenant) {
    return em.createQuery(
            "FROM IssuedCode WHERE tenantId = :tenant ORDER BY createdAt DESC", IssuedCode.class)
        .setParameter("tenant", tenant.value())
        .setMaxResults(100)
        .getResultList();
  }

  /** Shows a live code again; empty for one whose key is no longer configured. */
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
        .query("SELECT id FROM claim_codes WHERE entitlement_id = :id LIMIT 1")
        .with("id", entitlement.id())
        .row(row -> row.uuid("id"))
        .isEmpty();
  }

  /** What the code may be stored as: one hash for each key that it can have been minted under. */
  public List<byte[]> hashes(TypedCode typed) {
    return keys().stream().map(key -> key.hash(typed)).toList();
  }

  /** What tells this try from others where tries are counted: 32 bytes, no part of a hash. */
  public byte[] tryOf(TypedCode typed) {
    return settings.key().tryOf(typed);
  }

  /** The refusal of a code that does not exist. */
  public InvalidClaimCode unknown(TypedCode typed) {
    return typed.refusal(settings.codeLength());
  }

  /** Those that a stored code can have, the one of new codes first. */
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
