package com.nineminds.alga.checkin;

import com.nineminds.alga.db.Row;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * An appliance that has just checked in: the claims that its license must have, and the license
 * that is stored.
 *
 * @param status null if the registry does not know the tenant
 * @param token the stored license; null if there is none
 * @param moved whether the appliance is in another network than at its last check-in
 */
record ApplianceSnapshot(
    UUID entitlementId,
    boolean active,
    TenantStatus status,
    LicenseClaims claims,
    String token,
    Instant expires,
    String fingerprint,
    boolean moved) {

  static ApplianceSnapshot of(Row row) {
    String company = row.text("company_name");
    Entitlement.Terms terms =
        new Entitlement.Terms(
            row.word("tier", Tier.class),
            row.integer("seats"),
            row.word("transport", Transport.class));
    return new ApplianceSnapshot(
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
        row.flag("moved"));
  }

  /** Does not show the license. */
  @Override
  public String toString() {
    return "ApplianceSnapshot[entitlementId=" + entitlementId + ", status=" + status + "]";
  }

  boolean isInstalled() {
    return status == TenantStatus.installed;
  }

  boolean mayRun() {
    return active && (status == null || status.isOpen());
  }
}
