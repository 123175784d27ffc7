package com.nineminds.alga.checkin;

import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.license.License;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * The statements of a check-in, those of every day for many that come at once. Each takes its locks
 * in the order of everybody (tenant, entitlement, appliance).
 */
@ApplicationScoped
class CheckIns {

  /** Of an appliance that has moved, {@link #MOVED} tells when it was last seen where it was. */
  private static final String SEEN =
      """
      WITH :asked(credential_hash bytea, network text),
      seen AS (
        UPDATE appliances
        SET last_checkin_at = CASE WHEN last_network <> network THEN last_checkin_at ELSE now() END,
            credential_used_at = coalesce(credential_used_at, now()),
            last_network = coalesce(last_network, network)
        FROM asked
        WHERE appliances.credential_hash = asked.credential_hash AND revoked_at IS NULL
        RETURNING n, tenant_id, entitlement_id, last_network <> network AS moved
      )
      SELECT n, coalesce(seen.tenant_id, e.tenant_id) AS tenant_id, t.status, t.company_name, e.id,
             e.customer, e.tier, e.seats, e.transport, e.active, e.license_sub, e.current_token,
             e.token_exp, e.token_terms, moved
      FROM seen
      JOIN entitlements e ON e.id = seen.entitlement_id
      LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(seen.tenant_id, e.tenant_id)
      """;

  private static final String OTHER_IS_OF_THESE_DAYS =
      "other_network_at > now() - interval '2 days'";

  /**
   * The other network is kept until it is come back to, or too old for that: so three machines with
   * one credential are noticed as well as two.
   */
  private static final String LEFT_BEHIND =
      "other_network = network OR (%s) IS NOT TRUE".formatted(OTHER_IS_OF_THESE_DAYS);

  /** A machine that merely moved does not come back. Noted once a day. */
  private static final String ALTERNATES =
      "other_network = network AND %s AND (alternated_at > now() - interval '1 day') IS NOT TRUE"
          .formatted(OTHER_IS_OF_THESE_DAYS);

  private static final String MOVED =
      """
      WITH moved AS (
        UPDATE appliances
        SET last_checkin_at = now(), last_network = network,
            other_network = CASE WHEN %1$s THEN last_network ELSE other_network END,
            other_network_at = CASE WHEN %1$s THEN last_checkin_at ELSE other_network_at END,
            alternated_at = CASE WHEN %2$s THEN now() ELSE alternated_at END
        FROM (SELECT CAST(:network AS text) AS network) here
        WHERE credential_hash = :credential_hash AND revoked_at IS NULL AND last_network <> network
        RETURNING tenant_id, entitlement_id, appliance_id, other_network,
                  coalesce(alternated_at = now(), false) AS alternates
      ), whose AS (
        SELECT coalesce(moved.tenant_id, e.tenant_id) AS tenant_id, appliance_id, other_network
        FROM moved JOIN entitlements e ON e.id = moved.entitlement_id
        WHERE alternates
      )
      """
              .formatted(LEFT_BEHIND, ALTERNATES)
          + AuditLog.with(
              AuditLog.row(
                  AuditEvent.credential_alternates,
                  "tenant_id",
                  "appliance_id",
                  "other_network",
                  "whose"))
          + "SELECT EXISTS (SELECT FROM whose) AS alternates";

  private static final String TENANT =
      """
      tenant AS (
        UPDATE tenant_registry SET status = 'active', updated_at = now()
        FROM asked
        WHERE tenant_registry.tenant_id = asked.tenant_id AND status = 'installed'
        RETURNING n
      )
      """;

  /**
   * Looks again once the entitlement is locked: an operator may have revoked the appliance or
   * suspended the tenant while this waited. The tenant is read as it is then, and not locked: an
   * operator who suspends it never waits for a check-in.
   */
  private static final String LICENSE =
      """
      entitled AS (
        SELECT asked.* FROM asked JOIN entitlements e ON e.id = asked.entitlement_id%s
        WHERE e.active
        FOR NO KEY UPDATE OF e
      ), allowed AS (
        SELECT entitled.* FROM entitled JOIN appliances a USING (credential_hash)
        WHERE a.revoked_at IS NULL AND is_open(entitled.tenant_id)
        FOR SHARE OF a
      ), license AS (
        UPDATE entitlements
        SET current_token = token, token_exp = allowed.token_exp,
            token_terms = allowed.token_terms, updated_at = now()
        FROM allowed
        WHERE entitlements.id = allowed.entitlement_id
        RETURNING entitlements.id, license_sub
      )
      """;

  private static final String ACTIVATED =
      AuditLog.rowOfEach(
          AuditEvent.tenant_activated, "tenant_id", "NULL", "tenant JOIN asked USING (n)");

  private static final String SIGNED =
      AuditLog.rowOfEach(
          AuditEvent.license_signed,
          "tenant_id",
          "license_sub",
          "license JOIN allowed ON allowed.entitlement_id = license.id");

  private static final String IS_HELD =
      "SELECT n, allowed.n IS NOT NULL AS held FROM asked LEFT JOIN allowed USING (n)";

  private static final String ACTIVATE =
      "WITH :asked(tenant_id uuid, %s), ".formatted(AuditLog.ASKED)
          + TENANT
          + AuditLog.with(ACTIVATED)
          + "SELECT n FROM tenant";

  private static final String WITH_LICENSE =
      """
      WITH :asked(tenant_id uuid, entitlement_id uuid, credential_hash bytea, token text,
        token_exp timestamptz, token_terms text, %s),
      """
          .formatted(AuditLog.ASKED);

  private static final String HOLD =
      WITH_LICENSE + LICENSE.formatted("") + AuditLog.with(SIGNED) + IS_HELD;

  /** Counting makes it lock the tenants first. */
  private static final String ACTIVATE_AND_HOLD =
      WITH_LICENSE
          + TENANT
          + ", "
          + LICENSE.formatted(" CROSS JOIN (SELECT count(*) FROM tenant) activated")
          + AuditLog.with(ACTIVATED, SIGNED)
          + IS_HELD;

  /**
   * Whoever asks did not prove anything: so no more comes of it than a row a day, and that only for
   * the sub of a license that there is.
   */
  private static final String REFUSED =
      """
      WITH known AS (
        SELECT FROM appliances WHERE credential_hash = :credential_hash
      ), refused AS (
        SELECT tenant_id, license_sub FROM entitlements e
        WHERE license_sub = :license_sub AND active AND NOT EXISTS (SELECT FROM known)
          AND NOT EXISTS (
            SELECT FROM audit_log
            WHERE event = 'credential_refused' AND subject = e.license_sub
              AND CAST(at AT TIME ZONE 'UTC' AS date) = CAST(now() AT TIME ZONE 'UTC' AS date))
      )
      """
          + AuditLog.withWhatIsNew(
              AuditLog.row(AuditEvent.credential_refused, "tenant_id", "license_sub", "refused"))
          + "SELECT EXISTS (SELECT FROM known) AS known";

  @Inject Database database;
  @Inject AuditLog auditLog;
  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  /** Records that the appliance was seen; empty when no credential of a live one is that. */
  Optional<ApplianceSnapshot> see(Credential credential) {
    return bind(database.batched(SEEN), credential).row(ApplianceSnapshot::of);
  }

  /** Keeps where the appliance is now and was before, and records one that is in two places. */
  void move(Credential credential) {
    boolean alternates =
        auditLog
            .bind(bind(database.query(MOVED), credential), Actor.appliance)
            .row(row -> row.flag("alternates"))
            .orElseThrow();
    if (alternates) {
      metrics.counter("alga_credentials_alternating").inc();
    }
  }

  /** Makes the tenant of an appliance that was installed active. */
  void activate(ApplianceSnapshot seen) {
    refresh(ACTIVATE, seen).run();
  }

  /**
   * Keeps the license that was signed, and makes an installed tenant active; false when the
   * entitlement or the appliance was revoked, or the tenant suspended or cancelled, meanwhile.
   */
  boolean keep(Credential credential, License signed, ApplianceSnapshot seen) {
    return refresh(seen.isInstalled() ? ACTIVATE_AND_HOLD : HOLD, seen)
        .with("entitlement_id", seen.entitlementId())
        .with("credential_hash", credential.hash())
        .with("token", signed.jwt())
        .with("token_exp", signed.expires())
        .with("token_terms", signed.fingerprint())
        .row(row -> row.flag("held"))
        .orElseThrow();
  }

  /**
   * Records a credential that was refused, once a day for the license that it came with; true when
   * there is an appliance with it, which was revoked.
   *
   * @param heldSub null for none
   */
  boolean refuse(Credential credential, String heldSub) {
    return auditLog
        .bind(
            database
                .query(REFUSED)
                .with("credential_hash", credential.hash())
                .with("license_sub", heldSub),
            Actor.anonymous)
        .row(row -> row.flag("known"))
        .orElseThrow();
  }

  private SqlCall bind(SqlCall call, Credential credential) {
    return call.with("credential_hash", credential.hash()).with("network", current.network());
  }

  private SqlCall refresh(String sql, ApplianceSnapshot seen) {
    return auditLog.bind(
        database.batched(sql).with("tenant_id", TenantId.uuid(seen.claims().audience())),
        Actor.appliance);
  }
}
