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

/** The transactions behind {@code POST /revoke}. Doing either twice is harmless. */
@ApplicationScoped
public class Revocation {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject Appliances appliances;
  @Inject CurrentRequest current;

  /**
   * Ends the subscription and revokes its unconsumed codes; its appliances learn it when they check
   * in. Throws {@code unknown_entitlement}.
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
   * Revokes one appliance, in all registrations that its tenant has of it.
   *
   * @param tenant null where only one tenant has an appliance of that id; throws {@code
   *     ambiguous_appliance} where several have, {@code unknown_appliance} where none has
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
