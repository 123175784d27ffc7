package com.nineminds.alga.onboarding;

import com.nineminds.alga.db.UniqueViolation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Registering a tenant. A new customer, which is nearly every one, costs one statement; whatever is
 * known already (key, subscription, tenant) is settled in a transaction of several.
 */
@ApplicationScoped
public class TenantRegistration {

  /** Each further try needs another request to have created the same thing meanwhile. */
  private static final int TRIES = 3;

  @Inject NewTenants newTenants;
  @Inject KnownTenants knownTenants;

  /**
   * Registers the tenant of the form, or finds the one that it registered before. Its own
   * transaction; throws {@code idempotency_conflict}, {@code entitlement_conflict}, {@code
   * tenant_suspended} or {@code tenant_cancelled}.
   *
   * @param key null for none
   */
  Registered register(TenantForm form, IdempotencyKey key) {
    UniqueViolation race = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        Optional<Registered> created =
            form.tenantId() == null ? newTenants.create(form, key) : Optional.empty();
        return created.isPresent() ? created.get() : knownTenants.settle(form, key);
      } catch (UniqueViolation e) {
        race = e;
      }
    }
    throw race;
  }
}
