package com.nineminds.alga.checkin;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.appliance.ApplianceProblem.RevokedAppliance;
import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.license.License;
import com.nineminds.alga.license.Licenses;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Checks an appliance in. One statement records the check-in and reads the claims of the license. A
 * second statement follows if the appliance is in another network than before. Another statement
 * follows if a license was signed, or at the first check-in after an install. Each statement is its
 * own transaction. It takes locks in the same order as all other statements (tenant, entitlement,
 * appliance). No lock is held while a license is signed.
 *
 * <p>The statement that stores a new license checks the tenant and the appliance again. So the
 * answer is "revoked" as soon as an operator was told that the tenant is suspended or the appliance
 * is revoked. If nothing is signed, the first statement alone decides the answer.
 */
@ApplicationScoped
public class CheckIn {

  private static final Sql SEE = Sql.file(CheckIn.class, "see_appliance");
  private static final Sql MOVE = Sql.file(CheckIn.class, "move_appliance");
  private static final Sql ACTIVATE = Sql.file(CheckIn.class, "activate_tenant");
  private static final Sql KEEP = Sql.file(CheckIn.class, "keep_license");
  private static final Sql ACTIVATE_AND_KEEP =
      Sql.file(CheckIn.class, "activate_tenant_and_keep_license");
  private static final Sql REFUSE = Sql.file(CheckIn.class, "refuse_credential");

  @Inject Database database;
  @Inject AuditLog auditLog;
  @Inject Licenses licenses;
  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  /**
   * Records the check-in and returns the license, which is signed again if necessary. Returns empty
   * if the license is revoked. The appliance then keeps its token until the token expires. Must not
   * be called inside a transaction. Throws {@code invalid_credential} or {@code revoked_appliance}.
   *
   * @param heldSub the {@code sub} of the license that the appliance says it has, for the audit row
   *     of a refusal; null if the appliance names none
   */
  public Optional<License> checkIn(Credential credential, String heldSub) {
    ApplianceSnapshot seen = see(credential).orElseThrow(() -> refusal(credential, heldSub));
    current.log(TenantId.LOGGED, seen.claims().audience());
    if (seen.moved()) {
      move(credential);
    }
    if (!seen.mayRun()) {
      return revoked();
    }
    if (seen.token() == null
        || !licenses.isFresh(seen.claims(), seen.fingerprint(), seen.expires())) {
      License license = licenses.sign(seen.claims());
      return keep(credential, license, seen) ? Optional.of(license) : revoked();
    }
    if (seen.isInstalled()) {
      bind(ACTIVATE, seen).run();
    }
    return Optional.of(new License(seen.token(), seen.expires(), seen.fingerprint()));
  }

  /** Returns empty if no live appliance has the credential. */
  private Optional<ApplianceSnapshot> see(Credential credential) {
    return bind(database.batched(SEE), credential).row(ApplianceSnapshot::of);
  }

  private void move(Credential credential) {
    boolean alternates =
        auditLog
            .bind(bind(database.query(MOVE), credential), Actor.appliance)
            .row(row -> row.flag("alternates"))
            .orElseThrow();
    if (alternates) {
      metrics.counter("alga_credentials_alternating").inc();
    }
  }

  /**
   * Stores the license, and makes an installed tenant active. Returns false if the entitlement or
   * the appliance was revoked meanwhile, or the tenant was suspended or cancelled.
   */
  private boolean keep(Credential credential, License signed, ApplianceSnapshot seen) {
    return bind(seen.isInstalled() ? ACTIVATE_AND_KEEP : KEEP, seen)
        .with("entitlement_id", seen.entitlementId())
        .with("credential_hash", credential.hash())
        .with("token", signed.jwt())
        .with("token_exp", signed.expires())
        .with("token_terms", signed.fingerprint())
        .row(row -> row.flag("held"))
        .orElseThrow();
  }

  private Optional<License> revoked() {
    current.outcome("revoked");
    return Optional.empty();
  }

  private RuntimeException refusal(Credential credential, String heldSub) {
    boolean known =
        auditLog
            .bind(
                database
                    .query(REFUSE)
                    .with("credential_hash", credential.hash())
                    .with("license_sub", heldSub),
                Actor.anonymous)
            .row(row -> row.flag("known"))
            .orElseThrow();
    return known ? new RevokedAppliance() : new InvalidCredential();
  }

  private SqlCall bind(SqlCall call, Credential credential) {
    return call.with("credential_hash", credential.hash()).with("network", current.network());
  }

  private SqlCall bind(Sql sql, ApplianceSnapshot seen) {
    return auditLog.bind(
        database.batched(sql).with("tenant_id", TenantId.uuid(seen.claims().audience())),
        Actor.appliance);
  }
}
