package com.nineminds.alga.harness;

import java.util.UUID;

/**
 * A tenant that a test registered.
 *
 * @param stripeSubId null for the free edition
 * @param code first install code of the tenant
 */
public record Customer(String tenantId, String email, String stripeSubId, String code) {

  /** Registers a paid customer with 25 seats. */
  public static Customer pro(Api api) {
    String unique = unique();
    String email = "it-" + unique + "@pro.test";
    String sub = "sub_" + unique;
    Order order =
        Order.of("Pro " + unique, email, "pro").with("stripe_sub_id", sub).with("seats", 25);
    return of(order.send(api), email, sub);
  }

  /** Registers a customer of the free edition. */
  public static Customer essentials(Api api) {
    String unique = unique();
    String email = "it-" + unique + "@free.test";
    return of(Order.of("Free " + unique, email, "essentials").send(api), email, null);
  }

  /** A text that no other test uses. */
  public static String unique() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  /** Redeems its code on a machine of that name. */
  public Answer redeem(Api api, String applianceId) {
    return api.appliance("/register", "claim_code", code, "appliance_id", applianceId);
  }

  static Customer of(Answer answer, String email, String sub) {
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    return new Customer(answer.text("tenant_id"), email, sub, answer.text("install_code"));
  }
}
