package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.license.License;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * The statements of a redeem, each of them for many at once. All that write take their locks in the
 * same order as everybody (tenant, entitlement, code, appliance), so that none can deadlock with
 * another; with check-ins of the same appliances one may, and is run again.
 */
@ApplicationScoped
class Redeems {

  /** How long an appliance that has its paid code again counts: 10 times in an hour. */
  private static final Duration REPEAT = Duration.ofMinutes(6);

  /** How long all of them together may count: 20 times at once. */
  private static final Duration MOST_REPEATS = REPEAT.multipliedBy(20);

  private static final String FIND =
      """
      WITH :asked(code_hash bytea, previous_hash bytea, retry_window bigint, tenant_id uuid)
      SELECT n, c.id, c.expires_at, c.expires_at <= now() AS expired, c.consumed_at, c.consumed_by,
             c.revoked_at, c.superseded_at,
             -- A revoked subscription supersedes a code without a tenant. Its appliance is told of the
             -- subscription as long as that is the reason
             (c.superseded_at IS NULL OR (c.tenant_id IS NULL AND NOT e.active))
               AND c.consumed_at + make_interval(secs => retry_window) > now() AS repeatable,
             whose.tenant_id, t.status, t.company_name, t.contact_email,
             e.id AS entitlement_id, e.tier, e.seats, e.transport, e.active, e.license_sub, e.customer,
             e.tenant_id IS NOT NULL OR NOT EXISTS (
               SELECT FROM entitlements other
               WHERE other.tenant_id = whose.tenant_id AND other.active) AS bindable,
             a.id IS NOT NULL AND a.credential_used_at IS NULL AND a.revoked_at IS NULL
               AS credential_unused,
             CAST(ceil(extract(epoch FROM c.repeats_until - now())) AS bigint) AS repeats_for
      FROM asked
      JOIN claim_codes c ON c.code_hash = ANY (ARRAY[asked.code_hash, previous_hash])
      LEFT JOIN entitlements e ON e.id = c.entitlement_id
      CROSS JOIN LATERAL (
        SELECT coalesce(c.tenant_id, e.tenant_id,
                        CASE WHEN c.consumed_at IS NULL THEN asked.tenant_id END)
      ) whose (tenant_id)
      LEFT JOIN tenant_registry t ON t.tenant_id = whose.tenant_id
      LEFT JOIN appliances a ON a.claim_code_id = c.id
      """;

  private static final String ASKED =
      "WITH :asked(tenant_id uuid, code_id uuid, appliance_id text%s, " + AuditLog.ASKED + ")";

  private static final String ASKED_FREE = ASKED.formatted("");

  private static final String ASKED_PAID =
      ASKED.formatted(
          ", entitlement_id uuid, credential_hash bytea, token text, token_exp timestamptz,"
              + " token_terms text");

  private static final String LOCK_TENANTS =
      """
      , tenant AS (
        SELECT n, status FROM asked JOIN tenant_registry USING (tenant_id)
        FOR NO KEY UPDATE OF tenant_registry
      ), open AS (
        SELECT * FROM asked
        WHERE n NOT IN (SELECT n FROM tenant WHERE status IN ('suspended', 'cancelled'))
      )
      """;

  /** Those that are still active and nobody else's. */
  private static final String LOCK_ENTITLEMENTS =
      """
      , entitled AS (
        SELECT open.* FROM open JOIN entitlements e ON e.id = open.entitlement_id
        WHERE e.active AND (e.tenant_id IS NULL OR e.tenant_id = open.tenant_id)
        FOR NO KEY UPDATE OF e
      )
      """;

  private static final String CONSUME =
      """
      , code AS (
        UPDATE claim_codes SET consumed_at = now(), consumed_by = asking.appliance_id
        FROM %s asking
        WHERE claim_codes.id = asking.code_id AND consumed_at IS NULL AND revoked_at IS NULL
          AND expires_at > now()
        RETURNING claim_codes.id, code_last4, asking.*
      )
      """;

  private static final String STORE_APPLIANCE =
      """
      , appliance AS (
        INSERT INTO appliances
          (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash)
        SELECT appliance_id, tenant_id, entitlement_id, id, credential_hash FROM code
        ON CONFLICT (appliance_id, scope_id) DO UPDATE
        SET entitlement_id = excluded.entitlement_id, claim_code_id = excluded.claim_code_id,
            credential_hash = excluded.credential_hash, credential_used_at = NULL,
            revoked_at = NULL, registered_at = now(), last_network = NULL,
            other_network = NULL, other_network_at = NULL, alternated_at = NULL
      ), shared AS (
        SELECT * FROM code WHERE EXISTS (
          SELECT FROM appliances a
          WHERE a.appliance_id = code.appliance_id
            AND a.scope_id <> coalesce(code.tenant_id, code.entitlement_id)
            AND a.entitlement_id <> code.entitlement_id)
      )
      """;

  private static final String REPLACE_CREDENTIAL =
      """
      , repeated AS (
        SELECT entitled.*, code_last4 FROM entitled JOIN claim_codes c ON c.id = code_id
        WHERE superseded_at IS NULL AND consumed_by = entitled.appliance_id
          AND (repeats_until > now() + make_interval(secs => %1$d)) IS NOT TRUE
        FOR NO KEY UPDATE OF c
      ), code AS (
        UPDATE appliances
        SET credential_hash = repeated.credential_hash, registered_at = now()
        FROM repeated
        WHERE claim_code_id = repeated.code_id AND credential_used_at IS NULL AND revoked_at IS NULL
        RETURNING repeated.*
      ), counted AS (
        UPDATE claim_codes
        SET repeats_until = greatest(repeats_until, now()) + make_interval(secs => %2$d)
        FROM code
        WHERE claim_codes.id = code.code_id
      )
      """
          .formatted(MOST_REPEATS.minus(REPEAT).toSeconds(), REPEAT.toSeconds());

  /** Fires the trigger bring_along where it binds a subscription to its tenant. */
  private static final String HOLD_LICENSE =
      """
      , license AS (
        UPDATE entitlements
        SET tenant_id = coalesce(entitlements.tenant_id, code.tenant_id), current_token = token,
            token_exp = code.token_exp, token_terms = code.token_terms, updated_at = now()
        FROM code
        WHERE entitlements.id = code.entitlement_id
      )
      """;

  /** No condition on its status: that there is a code means that it was open under the lock. */
  private static final String INSTALL_TENANT =
      """
      , installed AS (
        UPDATE tenant_registry SET status = 'installed', installed_at = now(), updated_at = now()
        FROM code
        WHERE tenant_registry.tenant_id = code.tenant_id
      )
      """;

  private static final String REDEEMED = redeemed(AuditEvent.code_redeemed);

  private static final String REDEEMED_AGAIN = redeemed(AuditEvent.code_redeemed_again);

  private static final String CONSUME_FREE =
      ASKED_FREE
          + LOCK_TENANTS
          + CONSUME.formatted("open")
          + INSTALL_TENANT
          + AuditLog.with(REDEEMED)
          + "SELECT n, false AS shared FROM code";

  private static final String CONSUME_PAID =
      ASKED_PAID
          + LOCK_TENANTS
          + LOCK_ENTITLEMENTS
          + CONSUME.formatted("entitled")
          + STORE_APPLIANCE
          + HOLD_LICENSE
          + INSTALL_TENANT
          + AuditLog.with(
              REDEEMED,
              AuditLog.rowOfEach(
                  AuditEvent.appliance_id_shared, "tenant_id", "appliance_id", "shared"))
          + "SELECT n, n IN (SELECT n FROM shared) AS shared FROM code";

  private static final String CONSUME_AGAIN =
      ASKED_PAID
          + LOCK_TENANTS
          + LOCK_ENTITLEMENTS
          + REPLACE_CREDENTIAL
          + HOLD_LICENSE
          + AuditLog.with(REDEEMED_AGAIN)
          + "SELECT n, false AS shared FROM code";

  @Inject Database database;
  @Inject ClaimCodes codes;
  @Inject CodeSettings codeSettings;
  @Inject AuditLog auditLog;
  @Inject MetricRegistry metrics;

  private static String redeemed(AuditEvent event) {
    return AuditLog.rowOfEach(event, "tenant_id", "appliance_id", "'****' || code_last4", "code");
  }

  /** The code and all that it brings; empty for what is none. Locks nothing. */
  Optional<CodeSnapshot> find(TypedCode typed, TenantId said) {
    List<byte[]> hashes = codes.hashes(typed);
    return database
        .batched(FIND)
        .with("code_hash", hashes.get(0))
        .with("previous_hash", hashes.get(hashes.size() - 1))
        .with("retry_window", codeSettings.retryWindow().toSeconds())
        .with("tenant_id", TenantId.uuid(said))
        .row(row -> CodeSnapshot.of(row, MOST_REPEATS.minus(REPEAT)));
  }

  /** Consumes a code that brings the free edition; false when it could no longer be consumed. */
  boolean consumeFree(CodeSnapshot found, RedeemRequest request) {
    return wrote(bind(database.batched(CONSUME_FREE), found, request));
  }

  /** Consumes a code, stores the appliance and its license; false when it was too late for that. */
  boolean consumePaid(
      CodeSnapshot found, RedeemRequest request, Credential credential, License license) {
    return wrote(
        bind(database.batched(CONSUME_PAID), found, request)
            .with("entitlement_id", found.entitlement().id())
            .with("credential_hash", credential.hash())
            .with("token", license.jwt())
            .with("token_exp", license.expires())
            .with("token_terms", license.fingerprint()));
  }

  /**
   * Gives the appliance of a consumed code a fresh credential, and counts that; false when that
   * came too late.
   */
  boolean replaceCredential(
      CodeSnapshot found, RedeemRequest request, Credential credential, License license) {
    return wrote(
        bind(database.batched(CONSUME_AGAIN), found, request)
            .with("entitlement_id", found.entitlement().id())
            .with("credential_hash", credential.hash())
            .with("token", license.jwt())
            .with("token_exp", license.expires())
            .with("token_terms", license.fingerprint()));
  }

  private SqlCall bind(SqlCall call, CodeSnapshot found, RedeemRequest request) {
    return auditLog.bind(
        call.with("code_id", found.id())
            .with("tenant_id", TenantId.uuid(found.tenant()))
            .with("appliance_id", request.id().value()),
        Actor.appliance);
  }

  private boolean wrote(SqlCall call) {
    Optional<Boolean> shared = call.row(row -> row.flag("shared"));
    if (shared.orElse(false)) {
      metrics.counter("alga_appliance_ids_shared").inc();
    }
    return shared.isPresent();
  }
}
