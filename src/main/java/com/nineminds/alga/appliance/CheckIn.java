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

/**
 * Checking in, in one round trip, which records it and reads what the license is to say; and a
 * second one when a license was signed, or when it is the first check-in after an install. Each is
 * a transaction of its own, so that no lock is held while signing.
 */
@ApplicationScoped
public class CheckIn {

  private static final String SEEN =
      """
      WITH seen AS (
        UPDATE appliances
        SET last_checkin_at = now(), credential_used_at = coalesce(credential_used_at, now())
        WHERE credential_hash = :credential_hash AND revoked_at IS NULL
        RETURNING tenant_id, entitlement_id
      )
      SELECT coalesce(seen.tenant_id, e.tenant_id) AS tenant_id, t.status, t.company_name, e.id,
             e.customer, e.tier, e.seats, e.transport, e.active, e.license_sub, e.current_token,
             e.token_exp, e.token_terms
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

  private static final String IS_KNOWN =
      "SELECT true AS known FROM appliances WHERE credential_hash = :credential_hash";

  @Inject Database database;
  @Inject Licenses licenses;
  @Inject AuditLog auditLog;
  @Inject CurrentRequest current;

  /** What the license of a seen appliance is to say, and the one that is held. */
  private record Seen(
      UUID entitlementId,
      boolean active,
      TenantStatus status,
      LicenseClaims claims,
      String token,
      Instant expires,
      String fingerprint) {

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
          row.text("token_terms"));
    }

    boolean mayRun() {
      return active && (status == null || status.isOpen());
    }
  }

  /**
   * Records the check-in and gives the license, signed anew if it must be; or says that it is
   * revoked, and the appliance keeps its token until that expires. Throws {@code
   * invalid_credential} or {@code revoked_appliance}.
   */
  public CheckedIn checkIn(Credential credential) {
    Seen seen =
        database
            .statement(SEEN)
            .with("credential_hash", credential.hash())
            .row(Seen::of)
            .orElseThrow(() -> refusal(credential));
    current.tenant(seen.claims().audience());
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

  private RuntimeException refusal(Credential credential) {
    return database
        .statement(IS_KNOWN)
        .with("credential_hash", credential.hash())
        .<RuntimeException>row(known -> new RevokedAppliance())
        .orElseGet(InvalidCredential::new);
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
