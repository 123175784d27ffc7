package com.nineminds.alga.code;

import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.EntitlementProblem.EntitlementInactive;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/** The transaction of {@code POST /claim-codes}. */
@ApplicationScoped
public class Minting {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject CurrentRequest current;

  /**
   * Mints a fresh code for the subscription, and for its tenant if it has one. Runs its own
   * transaction. Throws {@code unknown_entitlement}, {@code entitlement_inactive}, {@code
   * tenant_suspended} or {@code tenant_cancelled}.
   */
  public MintedCode mint(String stripeSubId) {
    return transactions.run(() -> mintFor(stripeSubId));
  }

  private MintedCode mintFor(String stripeSubId) {
    Entitlement entitlement = entitlements.require(stripeSubId);
    TenantId bound = entitlement.tenantId();
    current.log(TenantId.LOGGED, bound);
    Optional<Tenant> tenant = Optional.ofNullable(bound).flatMap(tenants::lock);
    if (!Objects.equals(bound, entitlements.lock(entitlement).tenantId())
        || isKnownByNow(bound, tenant)) {
      throw LostRace.detected();
    }
    if (!entitlement.active()) {
      throw new EntitlementInactive();
    }
    tenant.ifPresent(open -> open.status().requireOpen());
    return tenant.isPresent() ? codes.mint(tenant.get().tenantId()) : codes.mint(entitlement);
  }

  /**
   * Whether the tenant was registered while this transaction waited for the lock on the
   * subscription.
   */
  private boolean isKnownByNow(TenantId bound, Optional<Tenant> before) {
    return bound != null && before.isEmpty() && tenants.find(bound).isPresent();
  }
}
