package com.nineminds.alga.appliance;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Database.Row;
import com.nineminds.alga.db.Database.Statement;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.license.License;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * The statements of a redeem. Each is one round trip and one transaction. All that write take their
 * locks in the same order as everybody (tenant, entitlement, code, appliance), so that none can
 * deadlock.
 */
@ApplicationScoped
class Redeems {

  private static final String FIND =
      """
      SELECT c.id, c.expires_at, c.expires_at <= now() AS expired, c.consumed_at, c.consumed_by,
             c.revoked_at, c.superseded_at,
             c.superseded_at IS NULL
               AND c.consumed_at + make_interval(secs => :retry_window) > now() AS repeatable,
             whose.tenant_id, t.status, t.company_name, t.contact_email,
             e.id AS entitlement_id, e.tier, e.seats, e.transport, e.active, e.license_sub, e.customer,
             e.tenant_id IS NOT NULL OR NOT EXISTS (
               SELECT FROM entitlements other
               WHERE other.tenant_id = whose.tenant_id AND other.active) AS bindable,
             a.id IS NOT NULL AND a.credential_used_at IS NULL AND a.revoked_at IS NULL
               AS credential_unused
      FROM claim_codes c
      LEFT JOIN entitlements e ON e.id = c.entitlement_id
      CROSS JOIN LATERAL (
        SELECT coalesce(c.tenant_id, e.tenant_id,
                        CASE WHEN c.consumed_at IS NULL THEN CAST(:tenant_id AS uuid) END)
      ) whose (tenant_id)
      LEFT JOIN tenant_registry t ON t.tenant_id = whose.tenant_id
      LEFT JOIN appliances a ON a.claim_code_id = c.id
      WHERE c.code_hash IN (:code_hash, :previous_hash)
      """;

  private static final String LOCK_TENANT =
      """
      WITH tenant AS (
        SELECT status FROM tenant_registry WHERE tenant_id = CAST(:tenant_id AS uuid)
        FOR NO KEY UPDATE
      )
      """;

  /** Holds after the tenant's lock was taken, since it reads what that gave. */
  private static final String TENANT_IS_OPEN =
      "NOT EXISTS (SELECT FROM tenant WHERE status IN ('suspended', 'cancelled'))";

  /** Holds after the entitlement's lock was taken, if it is still active and nobody else's. */
  private static final String ENTITLEMENT_IS_ACTIVE = "EXISTS (SELECT FROM entitlement)";

  private static final String LOCK_ENTITLEMENT =
      """
      , entitlement AS (
        SELECT FROM entitlements
        WHERE id = :entitlement_id AND active AND %s
          AND (tenant_id IS NULL OR tenant_id = CAST(:tenant_id AS uuid))
        FOR NO KEY UPDATE
      )
      """
          .formatted(TENANT_IS_OPEN);

  private static final String CONSUME =
      """
      , code AS (
        UPDATE claim_codes SET consumed_at = now(), consumed_by = :appliance_id
        WHERE id = :code_id AND consumed_at IS NULL AND revoked_at IS NULL AND expires_at > now()
          AND %s
        RETURNING id, code_last4
      )
      """;

  private static final String STORE_APPLIANCE =
      """
      , appliance AS (
        INSERT INTO appliances
          (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash)
        SELECT :appliance_id, CAST(:tenant_id AS uuid), :entitlement_id, id, :credential_hash
        FROM code
        ON CONFLICT (appliance_id, scope_id) DO UPDATE
        SET entitlement_id = excluded.entitlement_id, claim_code_id = excluded.claim_code_id,
            credential_hash = excluded.credential_hash, credential_used_at = NULL,
            revoked_at = NULL, registered_at = now(), last_network = NULL,
            other_network = NULL, other_network_at = NULL, alternated_at = NULL
        RETURNING id
      ), shared AS (
        SELECT FROM code WHERE EXISTS (
          SELECT FROM appliances
          WHERE appliance_id = :appliance_id
            AND scope_id <> coalesce(CAST(:tenant_id AS uuid), :entitlement_id))
      )
      """;

  private static final String REPLACE_CREDENTIAL =
      """
      , code AS (
        SELECT id, code_last4 FROM claim_codes
        WHERE id = :code_id AND superseded_at IS NULL AND consumed_by = :appliance_id
          AND %s
        FOR NO KEY UPDATE
      ), appliance AS (
        UPDATE appliances SET credential_hash = :credential_hash, registered_at = now()
        FROM code
        WHERE claim_code_id = code.id AND credential_used_at IS NULL AND revoked_at IS NULL
        RETURNING code_last4
      )
      """
          .formatted(ENTITLEMENT_IS_ACTIVE);

  private static final String HOLD_LICENSE =
      """
      , license AS (
        UPDATE entitlements
        SET tenant_id = coalesce(tenant_id, CAST(:tenant_id AS uuid)), current_token = :token,
            token_exp = :token_exp, token_terms = :token_terms, updated_at = now()
        FROM appliance
        WHERE entitlements.id = :entitlement_id
      )
      """;

  /** No condition on its status: that there is a code means that it was open under the lock. */
  private static final String INSTALL_TENANT =
      """
      , installed AS (
        UPDATE tenant_registry SET status = 'installed', installed_at = now(), updated_at = now()
        FROM code
        WHERE tenant_id = CAST(:tenant_id AS uuid)
      )
      """;

  private static final String TENANT = "CAST(:tenant_id AS uuid)";

  private static final String REDEEMED = redeemed(AuditEvent.code_redeemed, "code");

  private static final String REDEEMED_AGAIN =
      redeemed(AuditEvent.code_redeemed_again, "appliance");

  private static final String CONSUME_FREE =
      LOCK_TENANT
          + CONSUME.formatted(TENANT_IS_OPEN)
          + INSTALL_TENANT
          + AuditLog.with(REDEEMED)
          + "SELECT false AS shared FROM code";

  private static final String CONSUME_PAID =
      LOCK_TENANT
          + LOCK_ENTITLEMENT
          + CONSUME.formatted(ENTITLEMENT_IS_ACTIVE)
          + STORE_APPLIANCE
          + HOLD_LICENSE
          + INSTALL_TENANT
          + AuditLog.with(
              REDEEMED,
              AuditLog.row(AuditEvent.appliance_id_shared, TENANT, ":appliance_id", "shared"))
          + "SELECT EXISTS (SELECT FROM shared) AS shared FROM appliance";

  private static final String CONSUME_AGAIN =
      LOCK_TENANT
          + LOCK_ENTITLEMENT
          + REPLACE_CREDENTIAL
          + HOLD_LICENSE
          + AuditLog.with(REDEEMED_AGAIN)
          + "SELECT false AS shared FROM appliance";

  @Inject Database database;
  @Inject ClaimCodes codes;
  @Inject CodeSettings codeSettings;
  @Inject AuditLog auditLog;
  @Inject MetricRegistry metrics;

  private static String redeemed(AuditEvent event, String from) {
    return AuditLog.row(event, TENANT, ":appliance_id", "'****' || code_last4", from);
  }

  /** The code and all that it brings; empty for what is none. Locks nothing. */
  Optional<FoundCode> find(TypedCode typed, TenantId said) {
    List<byte[]> hashes = codes.hashes(typed);
    return database
        .statement(FIND)
        .with("code_hash", hashes.get(0))
        .with("previous_hash", hashes.get(hashes.size() - 1))
        .with("retry_window", codeSettings.retryWindow().toSeconds())
        .with("tenant_id", TenantId.uuid(said))
        .row(Redeems::found);
  }

  /** Consumes a code that brings the free edition; false when it could no longer be consumed. */
  boolean consumeFree(FoundCode found, Machine machine) {
    return wrote(bind(database.statement(CONSUME_FREE), found, machine));
  }

  /** Consumes a code, stores the appliance and its license; false when it was too late for that. */
  boolean consumePaid(FoundCode found, Machine machine, Credential credential, License license) {
    return wrote(
        bind(database.statement(CONSUME_PAID), found, machine)
            .with("entitlement_id", found.entitlement().id())
            .with("credential_hash", credential.hash())
            .with("token", license.jwt())
            .with("token_exp", license.expires())
            .with("token_terms", license.fingerprint()));
  }

  /** Gives the appliance of a consumed code a fresh credential; false when that came too late. */
  boolean replaceCredential(
      FoundCode found, Machine machine, Credential credential, License license) {
    return wrote(
        bind(database.statement(CONSUME_AGAIN), found, machine)
            .with("entitlement_id", found.entitlement().id())
            .with("credential_hash", credential.hash())
            .with("token", license.jwt())
            .with("token_exp", license.expires())
            .with("token_terms", license.fingerprint()));
  }

  private Statement bind(Statement statement, FoundCode found, Machine machine) {
    return auditLog.bind(
        statement
            .with("code_id", found.id())
            .with("tenant_id", TenantId.uuid(found.tenant()))
            .with("appliance_id", machine.id().value()),
        Actor.appliance);
  }

  private boolean wrote(Statement statement) {
    Optional<Boolean> shared = statement.row(row -> row.flag("shared"));
    if (shared.orElse(false)) {
      metrics.counter("alga_appliance_ids_shared").inc();
    }
    return shared.isPresent();
  }

  private static FoundCode found(Row row) {
    return new FoundCode(
        row.uuid("id"),
        row.instant("expires_at"),
        row.flag("expired"),
        row.instant("consumed_at"),
        row.text("consumed_by"),
        row.instant("revoked_at"),
        row.instant("superseded_at"),
        row.flag("repeatable"),
        TenantId.of(row.uuid("tenant_id")),
        row.word("status", TenantStatus.class),
        row.text("company_name"),
        row.text("contact_email"),
        row.uuid("entitlement_id") == null ? null : bought(row));
  }

  private static FoundCode.Bought bought(Row row) {
    return new FoundCode.Bought(
        row.uuid("entitlement_id"),
        new Entitlement.Terms(
            row.word("tier", Tier.class),
            row.integer("seats"),
            row.word("transport", Transport.class)),
        row.flag("active"),
        row.text("license_sub"),
        row.text("customer"),
        row.flag("bindable"),
        row.flag("credential_unused"));
  }
}
