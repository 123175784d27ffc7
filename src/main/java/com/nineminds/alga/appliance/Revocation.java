package com.nineminds.alga.appliance;

import com.nineminds.alga.appliance.ApplianceProblem.AmbiguousAppliance;
import com.nineminds.alga.appliance.ApplianceProblem.UnknownAppliance;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The transactions of {@code POST /revoke}. To revoke twice is harmless. */
@ApplicationScoped
public class Revocation {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject Appliances appliances;
  @Inject CurrentRequest current;

  /**
   * Ends the subscription and revokes its unconsumed codes. Its appliances get the answer "revoked"
   * when they check in. Throws {@code unknown_entitlement}.
   */
  public void revokeEntitlement(String stripeSubId) {
    transactions.run(
        () -> {
          Entitlement entitlement = entitlements.require(stripeSubId);
          current.log(TenantId.LOGGED, entitlement.tenantId());
          Optional.ofNullable(entitlement.tenantId()).ifPresent(tenants::lock);
          codes.revokeUnconsumed(entitlements.revoke(entitlement));
        });
  }

  /**
   * Revokes one appliance, in all registrations that its tenant has of it. Throws {@code
   * unknown_appliance} if no appliance has this id.
   *
   * @param tenant may be null if only one tenant has an appliance with this id; throws {@code
   *     ambiguous_appliance} if several have one
   */
  public void revokeAppliance(ApplianceId id, TenantId tenant) {
    transactions.run(() -> registrations(id, tenant).forEach(appliances::revoke));
  }

  private List<Appliance> registrations(ApplianceId id, TenantId tenant) {
    List<Appliance> named = tenant == null ? appliances.named(id) : appliances.named(id, tenant);
    if (named.isEmpty()) {
      throw new UnknownAppliance();
    }
    if (tenant == null && named.size() > 1) {
      throw new AmbiguousAppliance();
    }
    current.log(TenantId.LOGGED, tenant == null ? named.get(0).tenantId() : tenant);
    return named;
  }
}
