package com.nineminds.alga.faults;

import com.nineminds.alga.faults.Caller.Request;
import com.nineminds.alga.harness.Api;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Who asks the storefront for a tenant, and in which words.
 *
 * @param edition as it is registered
 * @param stripeSubId of the subscription that it has, or may have later
 * @param paysAtOnce whether the registration names the subscription
 * @param key of the registration; null for none
 */
record Buyer(String email, String edition, String stripeSubId, boolean paysAtOnce, String key) {

  Request registration() {
    JsonObjectBuilder form = form(edition);
    if (paysAtOnce) {
      form.add("stripe_sub_id", stripeSubId).add("seats", 25);
    }
    Request request = Request.service("/register-tenant", form.build());
    return key == null ? request : request.withKey(key);
  }

  /** What was open is paid, or the free edition upgraded: to premium. */
  Request payment(String tenantId) {
    JsonObject form =
        form("premium").add("stripe_sub_id", stripeSubId).add("tenant_id", tenantId).build();
    return Request.service("/register-tenant", form);
  }

  Request reissue(String tenantId) {
    return Request.service(
        "/install-codes/reissue", Api.object("tenant_id", tenantId, "contact_email", email));
  }

  private JsonObjectBuilder form(String wanted) {
    return Json.createObjectBuilder()
        .add("company_name", "Of " + email)
        .add("contact_email", email)
        .add("edition", wanted);
  }
}
