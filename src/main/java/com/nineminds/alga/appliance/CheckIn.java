package com.nineminds.alga.appliance;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.appliance.ApplianceProblem.RevokedAppliance;
import com.nineminds.alga.appliance.CheckInResource.CheckedIn;
import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Database.Row;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.CurrentRequest;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.license.Licenses;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Checking in, in one round trip, which records it and reads what the license is to say; and a
 * second one when a license was signed, or when it is the first check-in after an install. Each is
 * a transaction of its own, so that no lock is held while signing.
 */
@ApplicationScoped
public class CheckIn {

  private static final String MOVED = "last_network <> network";

  private static final String OTHER_IS_OF_THESE_DAYS =
      "other_network_at > now() - interval '2 days'";

  /**
   * The other network is kept until it is come back to, or too old for that: so three machines with
   * one credential are noticed as well as two.
   */
  private static final String LEFT_BEHIND =
      "%s AND (other_network = network OR (%s) IS NOT TRUE)"
          .formatted(MOVED, OTHER_IS_OF_THESE_DAYS);

  /** A machine that merely moved does not come back. Noted once a day. */
  private static final String ALTERNATES =
      "%s AND other_network = network AND %s AND (alternated_at > now() - interval '1 day') IS NOT TRUE"
          .formatted(MOVED, OTHER_IS_OF_THESE_DAYS);

  private static final String SEEN =
      """
      WITH seen AS (
        UPDATE appliances
        SET last_checkin_at = now(), credential_used_at = coalesce(credential_used_at, now()),
            last_network = network,
            other_network = CASE WHEN %1$s THEN last_network ELSE other_network END,
            other_network_at = CASE WHEN %1$s THEN last_checkin_at ELSE other_network_at END,
            alternated_at = CASE WHEN %2$s THEN now() ELSE alternated_at END
        FROM (SELECT CAST(:network AS text) AS network) here
        WHERE credential_hash = :credential_hash AND revoked_at IS NULL
        RETURNING tenant_id, entitlement_id, appliance_id, other_network,
                  coalesce(alternated_at = now(), false) AS alternates
      ), whose AS (
        SELECT coalesce(seen.tenant_id, e.tenant_id) AS tenant_id, appliance_id, other_network
        FROM seen JOIN entitlements e ON e.id = seen.entitlement_id
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
          + """
          SELECT coalesce(seen.tenant_id, e.tenant_id) AS tenant_id, t.status, t.company_name, e.id,
                 e.customer, e.tier, e.seats, e.transport, e.active, e.license_sub, e.current_token,
                 e.token_exp, e.token_terms, alternates
          FROM seen
          JOIN entitlements e ON e.id = seen.entitlement_id
          LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(seen.tenant_id, e.tenant_id)
          """;

  private static final String REFRESH =
      """
      WITH tenant AS (
        UPDATE tenant_registry SET status = 'active', updated_at = now()
        WHERE tenant_id = CAST(:tenant_id AS uuid) AND status = 'installed'
        RETURNING tenant_id
      ), license AS (
        UPDATE entitlements
        SET current_token = :token, token_exp = :token_exp, token_terms = :token_terms,
            updated_at = now()
        WHERE id = :entitlement_id AND active AND (SELECT count(*) FROM tenant) >= 0
          AND CAST(:token AS text) IS NOT NULL
        RETURNING license_sub
      )
      """
          + AuditLog.with(
              AuditLog.row(AuditEvent.tenant_activated, "tenant_id", "NULL", "tenant"),
              AuditLog.row(
                  AuditEvent.license_signed, "CAST(:tenant_id AS uuid)", "license_sub", "license"))
          + "SELECT EXISTS (SELECT FROM license) AS held";

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
  @Inject Licenses licenses;
  @Inject AuditLog auditLog;
  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  /** What the license of a seen appliance is to say, and the one that is held. */
  private record Seen(
      UUID entitlementId,
      boolean active,
      TenantStatus status,
      LicenseClaims claims,
      String token,
      Instant expires,
      String fingerprint,
      boolean alternates) {

    static Seen of(Row row) {
      String company = row.text("company_name");
      Entitlement.Terms terms =
          new Entitlement.Terms(
              row.word("tier", Tier.class),
              row.integer("seats"),
              row.word("transport", Transport.class));
      return new Seen(
          row.uuid("id"),
          row.flag("active"),
          row.word("status", TenantStatus.class),
          new LicenseClaims(
              row.text("license_sub"),
              company == null ? row.text("customer") : company,
              terms,
              TenantId.of(row.uuid("tenant_id"))),
          row.text("current_token"),
          row.instant("token_exp"),
          row.text("token_terms"),
          row.flag("alternates"));
    }

    boolean mayRun() {
      return active && (status == null || status.isOpen());
    }
  }

  /**
   * Records the check-in and gives the license, signed anew if it must be; or says that it is
   * revoked, and the appliance keeps its token until that expires. Throws {@code
   * invalid_credential} or {@code revoked_appliance}.
   *
   * @param heldSub of the license that the appliance says it has, for the record of a refusal; null
   *     if it does not say
   */
  public CheckedIn checkIn(Credential credential, String heldSub) {
    Seen seen =
        auditLog
            .bind(
                database
                    .statement(SEEN)
                    .with("credential_hash", credential.hash())
                    .with("network", current.network()),
                Actor.appliance)
            .row(Seen::of)
            .orElseThrow(() -> refusal(credential, heldSub));
    current.tenant(seen.claims().audience());
    if (seen.alternates()) {
      metrics.counter("alga_credentials_alternating").inc();
    }
    if (!seen.mayRun()) {
      return revoked();
    }
    boolean fresh =
        seen.token() != null && licenses.isFresh(seen.claims(), seen.fingerprint(), seen.expires());
    License signed = fresh ? null : licenses.sign(seen.claims());
    boolean held = fresh;
    if (signed != null || seen.status() == TenantStatus.installed) {
      held |= refresh(seen, signed);
    }
    if (!held) {
      // revoked since it was seen
      return revoked();
    }
    return signed == null
        ? CheckedIn.ok(seen.token(), seen.expires().getEpochSecond())
        : CheckedIn.ok(signed.jwt(), signed.expires().getEpochSecond());
  }

  private CheckedIn revoked() {
    current.outcome("revoked");
    return CheckedIn.revoked();
  }

  private RuntimeException refusal(Credential credential, String heldSub) {
    boolean known =
        auditLog
            .bind(
                database
                    .statement(REFUSED)
                    .with("credential_hash", credential.hash())
                    .with("license_sub", heldSub),
                Actor.anonymous)
            .row(row -> row.flag("known"))
            .orElseThrow();
    return known ? new RevokedAppliance() : new InvalidCredential();
  }

  /**
   * Makes an installed tenant active, and keeps the license if one was signed; says whether it did.
   */
  private boolean refresh(Seen seen, License signed) {
    return auditLog
        .bind(
            database
                .statement(REFRESH)
                .with("tenant_id", TenantId.uuid(seen.claims().audience()))
                .with("entitlement_id", seen.entitlementId())
                .with("token", signed == null ? null : signed.jwt())
                .with("token_exp", signed == null ? null : signed.expires())
                .with("token_terms", signed == null ? null : signed.fingerprint()),
            Actor.appliance)
        .row(row -> row.flag("held"))
        .orElseThrow();
  }
}
