package com.nineminds.alga.onboarding;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.LostRace;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates a tenant with its key, its entitlement, its code and their audit rows in one statement.
 * The statement writes all of them or none, with or without a transaction around it.
 */
@ApplicationScoped
class FirstRegistration {

  private static final Sql REGISTER = Sql.file(FirstRegistration.class, "register_tenant");

  @Inject Database database;
  @Inject ClaimCodes codes;
  @Inject AuditLog auditLog;

  /**
   * Creates the tenant of a new customer, in a batch with other new tenants. The batch is its own
   * transaction. Returns empty and writes nothing if the form names a tenant, or if its key or its
   * subscription exists already. {@link RepeatedRegistration} settles such a form.
   *
   * @param key null for a request without a key
   */
  Optional<Registered> create(TenantForm form, IdempotencyKey key) {
    if (form.tenantId() != null) {
      return Optional.empty();
    }
    try {
      return create(form, key, database.batched(REGISTER));
    } catch (LostRace race) {
      // another request creates the key or the subscription at this moment
      return Optional.empty();
    }
  }

  /**
   * Creates the tenant of the form in the caller's transaction. Returns empty if its key or its
   * subscription exists already.
   *
   * @throws LostRace if another request creates one of them at this moment
   */
  Optional<Registered> createInTransaction(TenantForm form, IdempotencyKey key) {
    return create(form, key, database.query(REGISTER));
  }

  private Optional<Registered> create(TenantForm form, IdempotencyKey key, SqlCall call) {
    TenantId id = form.tenantId() == null ? TenantId.mint() : form.tenantId();
    Entitlement.Terms bought = form.bought().orElse(null);
    // while the payment is open, there is nothing to install
    boolean coded = bought != null || !form.customer().edition().isPaid();
    MintedCode draft = coded ? codes.draft() : null;
    bindTenant(call, id, form.customer());
    bindSubscription(call, form.stripeSubId(), bought);
    codes.bind(call, draft);
    return auditLog
        .bind(call, Actor.service)
        .with("key", key == null ? null : key.value())
        .with("digest", key == null ? null : key.digest())
        .row(row -> Optional.ofNullable(row.instant("expires_at")))
        .map(
            expiresAt ->
                new Registered(
                    true,
                    id,
                    form.customer().edition(),
                    TenantStatus.registered,
                    expiresAt
                        .map(expires -> new MintedCode(draft.id(), draft.code(), expires))
                        .orElse(null)));
  }

  private static void bindTenant(SqlCall call, TenantId id, TenantForm.Customer customer) {
    call.with("tenant_id", id.value())
        .with("edition", customer.edition())
        .with("product_code", customer.productCode())
        .with("deployment_type", customer.deploymentType())
        .with("region", customer.region())
        .with("company_name", customer.companyName())
        .with("contact_name", customer.contactName())
        .with("contact_email", customer.contactEmail().value())
        .with("stripe_customer_id", customer.stripeCustomerId());
  }

  /**
   * Binds the subscription. Without terms, the statement only looks it up, so that no second tenant
   * gets it.
   */
  private static void bindSubscription(SqlCall call, String stripeSubId, Entitlement.Terms bought) {
    boolean paid = bought != null;
    call.with("stripe_sub_id", stripeSubId)
        .with("entitlement_id", paid ? UUID.randomUUID() : null)
        .with("tier", paid ? bought.tier() : null)
        .with("seats", paid ? bought.seats() : null)
        .with("transport", paid ? bought.transport() : null)
        .with("license_sub", paid ? Entitlement.mintLicenseSub() : null);
  }
}
