package com.nineminds.alga.onboarding;

import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.TenantId;
import java.util.Optional;

/**
 * The data that the storefront sends about a customer and a purchase.
 *
 * @param tenantId the id for a new tenant, or the id of an existing tenant; may be null
 * @param stripeSubId null for the free edition, and while the payment is open
 * @param seats null means unlimited
 */
record TenantForm(
    TenantId tenantId, Customer customer, String stripeSubId, Integer seats, Transport transport) {

  /** The customer. {@code contactName}, {@code region} and {@code stripeCustomerId} may be null. */
  record Customer(
      String companyName,
      EmailAddress contactEmail,
      String contactName,
      Edition edition,
      ProductCode productCode,
      DeploymentType deploymentType,
      String region,
      String stripeCustomerId) {}

  /**
   * Reads the form with the contract's defaults. Throws {@code invalid_request} with all errors.
   */
  static TenantForm read(Body body) {
    TenantForm form =
        new TenantForm(
            body.parsed("tenant_id", TenantId::parse),
            new Customer(
                body.required("company_name", body.name("company_name")),
                body.required("contact_email", body.typed("contact_email", EmailAddress::new)),
                body.name("contact_name"),
                body.required("edition", body.word("edition", Edition.class)),
                orElse(body.word("product_code", ProductCode.class), ProductCode.psa),
                orElse(
                    body.word("deployment_type", DeploymentType.class), DeploymentType.appliance),
                body.text("region"),
                body.text("stripe_customer_id")),
            body.text("stripe_sub_id"),
            body.number("seats", 1),
            orElse(body.word("transport", Transport.class), Transport.connected));
    body.check();
    return form;
  }

  /** The same form with this tenant id. */
  TenantForm of(TenantId tenant) {
    return new TenantForm(tenant, customer, stripeSubId, seats, transport);
  }

  /** The same form without its subscription and seats, as while the payment is open. */
  TenantForm withoutSubscription() {
    return new TenantForm(tenantId, customer, null, null, transport);
  }

  /** The terms of the purchase. Empty for the free edition, and while the payment is open. */
  Optional<Entitlement.Terms> bought() {
    return customer.edition().isPaid() && stripeSubId != null
        ? Optional.of(new Entitlement.Terms(Tier.of(customer.edition()), seats, transport))
        : Optional.empty();
  }

  /** Whether the same form is a repeat for a while, although no key and no tenant names it. */
  boolean isRepeatable() {
    return tenantId == null && !customer.edition().isPaid();
  }

  /** A digest of all values of the form. Two bodies with the same meaning have the same digest. */
  String digest() {
    return IdempotencyKey.digest(
        tenantId,
        customer.companyName(),
        customer.contactEmail(),
        customer.contactName(),
        customer.edition(),
        customer.productCode(),
        customer.deploymentType(),
        customer.region(),
        customer.stripeCustomerId(),
        stripeSubId,
        seats,
        transport);
  }

  private static <T> T orElse(T given, T byDefault) {
    return given == null ? byDefault : given;
  }
}
