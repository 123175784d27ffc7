package com.nineminds.alga.onboarding;

import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.EntitlementProblem.EntitlementConflict;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** A registration of which something is known already: its key, its subscription or its tenant. */
@ApplicationScoped
class KnownTenants {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject IdempotencyKeys keys;
  @Inject NewTenants newTenants;

  /** Settles it in one transaction. */
  Registered settle(TenantForm form, IdempotencyKey key) {
    return transactions.run(() -> settleInOne(form, key));
  }

  private Registered settleInOne(TenantForm form, IdempotencyKey key) {
    Optional<TenantId> replayed = key == null ? Optional.empty() : keys.tenantOf(key);
    if (replayed.isPresent()) {
      return repeat(tenants.lock(replayed.get()).orElseThrow());
    }
    Optional<Entitlement> subscription =
        Optional.ofNullable(form.stripeSubId()).flatMap(entitlements::find);
    TenantId owner = subscription.map(Entitlement::tenantId).orElse(null);
    if (owner != null && form.tenantId() != null && !owner.equals(form.tenantId())) {
      throw EntitlementConflict.ofAnotherTenant();
    }
    TenantId id = owner == null ? form.tenantId() : owner;
    Optional<Tenant> tenant = Optional.ofNullable(id).flatMap(tenants::lock);
    if (tenant.isEmpty()) {
      return create(form.of(id), key, subscription.isPresent());
    }
    Registered registered =
        owner == null
                && form.bought().isPresent()
                && !isBound(form.stripeSubId(), tenant.get().tenantId())
            ? attach(tenant.get(), form)
            : repeat(tenant.get());
    if (key != null) {
      keys.store(key, registered.tenant());
    }
    return registered;
  }

  /** Asked again under the tenant's lock: whoever held it before may have attached it meanwhile. */
  private boolean isBound(String stripeSubId, TenantId tenant) {
    TenantId owner =
        entitlements
            .find(stripeSubId)
            .map(entitlements::lock)
            .map(Entitlement::tenantId)
            .orElse(null);
    if (owner != null && !owner.equals(tenant)) {
      throw EntitlementConflict.ofAnotherTenant();
    }
    return owner != null;
  }

  /**
   * A tenant that the registry does not know.
   *
   * @param subscribed its subscription exists already, from before the registry or by a signature
   */
  private Registered create(TenantForm form, IdempotencyKey key, boolean subscribed) {
    if (!subscribed || form.bought().isEmpty()) {
      return newTenants.create(form, key).orElseThrow(LostRace::seen);
    }
    TenantId created =
        newTenants.create(form.withoutSubscription(), key).orElseThrow(LostRace::seen).tenant();
    return attach(tenants.lock(created).orElseThrow(), form);
  }

  /** The payment came, or an upgrade: the tenant takes what it pays for, and a code brings it. */
  private Registered attach(Tenant tenant, TenantForm form) {
    tenant.status().requireOpen();
    entitlements.renew(form.stripeSubId(), tenant.tenantId(), null, form.bought().orElseThrow());
    tenants.upgrade(tenant, form.customer().edition(), form.customer().stripeCustomerId());
    MintedCode code = codes.mint(tenant.tenantId());
    return new Registered(true, tenant.tenantId(), tenant.edition(), tenant.status(), code);
  }

  /**
   * The same request again: the same tenant with its live code. It gets a fresh one where that
   * expired, and where its subscription was bound by a signature before any code was minted.
   */
  private Registered repeat(Tenant tenant) {
    Optional<IssuedCode> newest = codes.newest(tenant.tenantId());
    boolean due =
        newest.isPresent()
            ? newest.get().unused() && newest.get().expired()
            : entitlements.activeOf(tenant.tenantId()).isPresent();
    MintedCode code = null;
    if (due && tenant.status().isOpen()) {
      code = codes.mint(tenant.tenantId());
    } else if (newest.isPresent() && newest.get().unused() && !newest.get().expired()) {
      code = codes.reveal(newest.get());
    }
    return new Registered(false, tenant.tenantId(), tenant.edition(), tenant.status(), code);
  }
}
