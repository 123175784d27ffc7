package com.nineminds.alga.directory;

import com.nineminds.alga.db.Row;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * A tenant as the lists show it.
 *
 * @param installedAt null before the first install
 * @param stripeSubId null for a tenant without a subscription; the next three members are then null
 *     too
 * @param lastCheckinAt null before the first check-in of an appliance
 * @param connected whether an appliance that is not revoked checked in within the last 48 hours
 * @param installCodeState live, consumed, revoked or expired: the newest code; none without a code
 */
public record ListedTenant(
    UUID tenantId,
    String companyName,
    String contactEmail,
    Edition edition,
    ProductCode productCode,
    TenantStatus status,
    Instant registeredAt,
    Instant installedAt,
    String stripeSubId,
    Tier tier,
    Integer seats,
    Boolean entitlementActive,
    Instant lastCheckinAt,
    long applianceCount,
    boolean connected,
    String installCodeState) {

  static ListedTenant of(Row row) {
    String stripeSubId = row.text("stripe_sub_id");
    return new ListedTenant(
        row.uuid("tenant_id"),
        row.text("company_name"),
        row.text("contact_email"),
        row.word("edition", Edition.class),
        row.word("product_code", ProductCode.class),
        row.word("status", TenantStatus.class),
        row.instant("registered_at"),
        row.instant("installed_at"),
        stripeSubId,
        row.word("tier", Tier.class),
        row.integer("seats"),
        stripeSubId == null ? null : row.flag("active"),
        row.instant("last_checkin_at"),
        row.number("appliance_count"),
        row.flag("connected"),
        row.text("install_code_state"));
  }
}
