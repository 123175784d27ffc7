package com.nineminds.alga.onboarding;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;

/** A body of {@code POST /register-tenant}, of a company that no other test has. */
record Order(JsonObject body) {

  /** The free edition. */
  static Order essentials() {
    return of("essentials");
  }

  /** The paid edition with the payment still open. */
  static Order unpaid() {
    return of("pro");
  }

  /** The paid edition, paid: 25 seats. */
  static Order paid() {
    return of("pro").with("stripe_sub_id", "sub_" + Customer.unique()).with("seats", 25);
  }

  private static Order of(String edition) {
    String unique = Customer.unique();
    return new Order(
        Api.object(
            "company_name",
            "Order " + unique,
            "contact_email",
            "order-" + unique + "@it.test",
            "edition",
            edition));
  }

  /** The same with a member added or replaced; null writes a JSON null. */
  Order with(String member, Object value) {
    JsonObjectBuilder changed = Json.createObjectBuilder(body);
    Api.object(member, value).forEach(changed::add);
    return new Order(changed.build());
  }

  String company() {
    return body.getString("company_name");
  }

  String email() {
    return body.getString("contact_email");
  }

  String sub() {
    return body.getString("stripe_sub_id");
  }

  Answer send(Api api) {
    return send(api, body.toString());
  }

  Answer send(Api api, String text) {
    return api.send("POST", "/register-tenant", text, Api.authorized());
  }

  Answer sendWithKey(Api api, String key) {
    return sendWithKey(api, key, body.toString());
  }

  static Answer sendWithKey(Api api, String key, String text) {
    Map<String, String> headers = new HashMap<>(Api.authorized());
    headers.put("Idempotency-Key", key);
    return api.send("POST", "/register-tenant", text, headers);
  }
}
