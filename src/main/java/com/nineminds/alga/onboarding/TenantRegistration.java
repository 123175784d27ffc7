package com.nineminds.alga.onboarding;

import com.nineminds.alga.db.LostRace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Registering a tenant. A new customer, which is nearly every one, costs one statement; whatever is
 * known already (key, subscription, tenant) is settled in a transaction of several.
 */
@ApplicationScoped
public class TenantRegistration {

  @Inject FirstRegistration first;
  @Inject RepeatedRegistration repeated;

  /**
   * Registers the tenant of the form, or finds the one that it registered before. Its own
   * transaction; throws {@code idempotency_conflict}, {@code entitlement_conflict}, {@code
   * tenant_suspended} or {@code tenant_cancelled}.
   *
   * @param key null for none
   */
  Registered register(TenantForm form, IdempotencyKey key) {
    Optional<Registered> created = Optional.empty();
    try {
      created = form.tenantId() == null ? first.create(form, key) : Optional.empty();
    } catch (LostRace race) {
      // somebody else creates the same at this moment: it is known by now
    }
    return created.orElseGet(() -> repeated.settle(form, key));
  }
}
