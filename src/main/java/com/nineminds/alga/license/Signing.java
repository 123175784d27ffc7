package com.nineminds.alga.license;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/** The transaction behind {@code POST /sign}. */
@ApplicationScoped
public class Signing {

  /**
   * What to sign.
   *
   * @param tenant null keeps the tenant of the subscription
   * @param customer the name in the license if no tenant is known
   */
  public record Order(
      String stripeSubId, TenantId tenant, String customer, Entitlement.Terms terms) {}

  /**
   * What was signed.
   *
   * @param sub the name of the subscription in the license
   */
  public record SignedLicense(License license, String sub) {}

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject Licenses licenses;
  @Inject AuditLog auditLog;
  @Inject CurrentRequest current;

  /**
   * Creates or renews the subscription with these terms, and signs a license for it. A tenant in
   * the registry takes the edition that the tier pays for. Throws {@code entitlement_conflict},
   * {@code tenant_suspended} or {@code tenant_cancelled}.
   */
  public SignedLicense sign(Order order) {
    return transactions.run(() -> renewAndSign(order));
  }

  private SignedLicense renewAndSign(Order order) {
    TenantId bound =
        entitlements.find(order.stripeSubId()).map(Entitlement::tenantId).orElse(order.tenant());
    current.log(TenantId.LOGGED, bound);
    Optional<Tenant> tenant = Optional.ofNullable(bound).flatMap(tenants::lock);
    tenant.ifPresent(open -> open.status().requireOpen());
    Entitlement entitlement =
        entitlements.renew(order.stripeSubId(), order.tenant(), order.customer(), order.terms());
    if (!Objects.equals(bound, entitlement.tenantId())) {
      throw LostRace.detected();
    }
    tenant.ifPresent(known -> tenants.upgrade(known, order.terms().tier().edition(), null));
    String customer = tenant.map(Tenant::companyName).orElse(order.customer());
    License license =
        licenses.sign(
            new LicenseClaims(
                entitlement.licenseSub(), customer, entitlement.terms(), entitlement.tenantId()));
    entitlements.hold(entitlement, license.jwt(), license.expires(), license.fingerprint());
    auditLog.append(
        AuditEvent.license_signed,
        Actor.service,
        TenantId.uuid(entitlement.tenantId()),
        entitlement.licenseSub());
    return new SignedLicense(license, entitlement.licenseSub());
  }
}
