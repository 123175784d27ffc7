package com.nineminds.alga.faults;

import com.nineminds.alga.faults.Caller.Request;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Order;
import jakarta.json.JsonObject;

/**
 * A customer who buys a tenant from the storefront.
 *
 * @param edition edition at the registration
 * @param stripeSubId subscription that the customer has, or may have later
 * @param paysAtOnce whether the registration names the subscription
 * @param key idempotency key of the registration; null for none
 */
record Buyer(String email, String edition, String stripeSubId, boolean paysAtOnce, String key) {

  Request registration() {
    Order form = form(edition);
    if (paysAtOnce) {
      form = form.with("stripe_sub_id", stripeSubId).with("seats", 25);
    }
    Request request = Request.service("/register-tenant", form.body());
    return key == null ? request : request.withKey(key);
  }

  /** The payment for an open order, or the upgrade of the free edition. Both lead to premium. */
  Request payment(String tenantId) {
    JsonObject form =
        form("premium").with("stripe_sub_id", stripeSubId).with("tenant_id", tenantId).body();
    return Request.service("/register-tenant", form);
  }

  Request reissue(String tenantId) {
    return Request.service(
        "/install-codes/reissue", Api.object("tenant_id", tenantId, "contact_email", email));
  }

  private Order form(String wanted) {
    return Order.of("Of " + email, email, wanted);
  }
}
