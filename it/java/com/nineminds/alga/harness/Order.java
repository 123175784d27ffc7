package com.nineminds.alga.harness;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;

/** A body of {@code POST /register-tenant}. */
public record Order(JsonObject body) {

  /** An order of the free edition. No other test has the same company. */
  public static Order essentials() {
    return of("essentials");
  }

  /** An order of the paid edition, not paid yet. No other test has the same company. */
  public static Order unpaid() {
    return of("pro");
  }

  /** A paid order of the paid edition, with 25 seats. No other test has the same company. */
  public static Order paid() {
    return of("pro").with("stripe_sub_id", "sub_" + Customer.unique()).with("seats", 25);
  }

  private static Order of(String edition) {
    String unique = Customer.unique();
    return of("Order " + unique, "order-" + unique + "@it.test", edition);
  }

  /** An order of a company with this name and this e-mail address. */
  public static Order of(String company, String email, String edition) {
    return new Order(
        Api.object("company_name", company, "contact_email", email, "edition", edition));
  }

  /** The same order with a member added or replaced. A null value becomes JSON null. */
  public Order with(String member, Object value) {
    JsonObjectBuilder changed = Json.createObjectBuilder(body);
    Api.object(member, value).forEach(changed::add);
    return new Order(changed.build());
  }

  public String company() {
    return body.getString("company_name");
  }

  public String email() {
    return body.getString("contact_email");
  }

  public String sub() {
    return body.getString("stripe_sub_id");
  }

  public Answer send(Api api) {
    return send(api, body.toString());
  }

  public Answer send(Api api, String text) {
    return api.send("POST", "/register-tenant", text, Api.authorized());
  }

  public Answer sendWithKey(Api api, String key) {
    return sendWithKey(api, key, body.toString());
  }

  public static Answer sendWithKey(Api api, String key, String text) {
    Map<String, String> headers = new HashMap<>(Api.authorized());
    headers.put("Idempotency-Key", key);
    return api.send("POST", "/register-tenant", text, headers);
  }
}
