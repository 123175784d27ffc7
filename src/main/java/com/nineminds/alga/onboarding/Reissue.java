package com.nineminds.alga.onboarding;

import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The transaction behind {@code POST /install-codes/reissue}: lock the tenant, mint, commit. */
@ApplicationScoped
public class Reissue {

  /** The tenant and its fresh code. */
  record Reissued(TenantId tenant, Edition edition, String companyName, MintedCode code) {}

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject ClaimCodes codes;

  /**
   * Mints a fresh code for the tenant, with the subscription that it has now; every older one is
   * superseded. Two at once leave one live code. At least one of the two is given; where both are,
   * both must fit.
   *
   * <p>Throws {@code unknown_tenant}, {@code tenant_suspended} or {@code tenant_cancelled}.
   */
  Reissued reissue(TenantId id, EmailAddress email) {
    return transactions.run(() -> lockAndMint(id, email));
  }

  private Reissued lockAndMint(TenantId id, EmailAddress email) {
    Tenant tenant =
        (id == null ? tenants.lockByEmail(email) : tenants.lock(id))
            .filter(found -> email == null || found.isContactedAt(email))
            .orElseThrow(UnknownTenant::new);
    tenant.status().requireOpen();
    return new Reissued(
        tenant.tenantId(), tenant.edition(), tenant.companyName(), codes.mint(tenant.tenantId()));
  }
}
