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
import com.nineminds.alga.registry.TenantStatus;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/** Settles a registration whose key, subscription or tenant may exist already. */
@ApplicationScoped
class RepeatedRegistration {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject IdempotencyKeys keys;
  @Inject FirstRegistration first;

  /**
   * Returns the tenant that the same form registered before, or adds the new parts of the form to
   * the tenant. Creates a tenant that the registry does not know. Runs its own transaction. Throws
   * {@code idempotency_conflict}, {@code entitlement_conflict}, {@code tenant_suspended} or {@code
   * tenant_cancelled}.
   *
   * @param key null for a request without a key
   */
  Registered settle(TenantForm form, IdempotencyKey key) {
    return transactions.run(() -> settleInOne(form, key));
  }

  private Registered settleInOne(TenantForm form, IdempotencyKey key) {
    Optional<Registered> replayed = key == null ? Optional.empty() : replay(key);
    if (replayed.isPresent()) {
      return replayed.get();
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
      return create(form.of(id), key, subscription);
    }
    Registered registered = settle(tenant.get(), form, owner);
    if (key != null) {
      keys.store(key, registered.tenant());
    }
    return registered;
  }

  /** The answer to the key's request; empty if the request is new. */
  private Optional<Registered> replay(IdempotencyKey key) {
    if (!key.isRepeat()) {
      return keys.tenantOf(key).map(id -> repeat(tenants.lock(id).orElseThrow()));
    }
    Optional<Registered> recent =
        keys.recentTenantOf(key)
            .flatMap(tenants::lock)
            .filter(tenant -> tenant.status() == TenantStatus.registered)
            .flatMap(this::withItsLiveCode);
    if (recent.isEmpty()) {
      keys.forget(key);
    }
    return recent;
  }

  private Optional<Registered> withItsLiveCode(Tenant tenant) {
    return codes
        .newest(tenant.tenantId())
        .filter(issued -> issued.unused() && !issued.expired())
        .flatMap(codes::reveal)
        .map(
            code ->
                new Registered(false, tenant.tenantId(), tenant.edition(), tenant.status(), code));
  }

  private Registered settle(Tenant tenant, TenantForm form, TenantId owner) {
    if (form.bought().isPresent()) {
      if (owner == null && !isBound(form.stripeSubId(), tenant.tenantId())) {
        return attach(tenant, form);
      }
      if (tenant.status().isOpen() && isUncoded(tenant.tenantId())) {
        // POST /sign bound the subscription to the tenant before, and minted no code
        return minted(tenant);
      }
    }
    return repeat(tenant);
  }

  /**
   * Whether the subscription is bound to the tenant. This is read under the tenant's lock, because
   * the former holder of the lock may have bound it.
   */
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
   * Creates a tenant that the registry does not know.
   *
   * @param subscription the subscription if it is older than the tenant; empty for a new
   *     subscription
   */
  private Registered create(
      TenantForm form, IdempotencyKey key, Optional<Entitlement> subscription) {
    if (subscription.isEmpty()) {
      if (form.tenantId() != null && form.bought().isPresent()) {
        // POST /sign may have bound another subscription to this tenant id before
        entitlements.requireNoOther(form.tenantId(), form.stripeSubId());
      }
      return createAndSettle(form, key);
    }
    TenantId bound = subscription.get().tenantId();
    if (!Objects.equals(bound, entitlements.lock(subscription.get()).tenantId())) {
      throw LostRace.detected();
    }
    Registered created = createAndSettle(form.withoutSubscription(), key);
    return form.bought().isPresent()
        ? attach(tenants.lock(created.tenant()).orElseThrow(), form)
        : created;
  }

  private Registered createAndSettle(TenantForm form, IdempotencyKey key) {
    Registered created = first.createInTransaction(form, key).orElseThrow(LostRace::detected);
    codes.settle(created.tenant());
    return created;
  }

  /**
   * Binds the subscription after a payment or an upgrade. The tenant gets the edition that it pays
   * for, and a fresh code for it.
   */
  private Registered attach(Tenant tenant, TenantForm form) {
    tenant.status().requireOpen();
    entitlements.renew(form.stripeSubId(), tenant.tenantId(), null, form.bought().orElseThrow());
    tenants.upgrade(tenant, form.customer().edition(), form.customer().stripeCustomerId());
    return minted(tenant);
  }

  private Registered minted(Tenant tenant) {
    MintedCode code = codes.mint(tenant.tenantId());
    return new Registered(true, tenant.tenantId(), tenant.edition(), tenant.status(), code);
  }

  /**
   * Answers a repeated request: the same tenant with its live code. If its unused code expired or
   * cannot be shown any more, an open tenant gets a fresh code.
   */
  private Registered repeat(Tenant tenant) {
    Optional<IssuedCode> unused = codes.newest(tenant.tenantId()).filter(IssuedCode::unused);
    MintedCode code =
        unused.filter(issued -> !issued.expired()).flatMap(codes::reveal).orElse(null);
    if (code == null && unused.isPresent() && tenant.status().isOpen()) {
      code = codes.mint(tenant.tenantId());
    }
    return new Registered(false, tenant.tenantId(), tenant.edition(), tenant.status(), code);
  }

  /** Whether the tenant has an active subscription that never had a code. */
  private boolean isUncoded(TenantId tenant) {
    return entitlements.activeOf(tenant).filter(codes::hasNone).isPresent();
  }
}
