package com.nineminds.alga.audit;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A request with its own id, its answer, and the audit rows that it left. */
record Sent(String id, Answer answer) {

  /** Sends the request with the service secret. The body has names and values in turn. */
  static Sent service(String path, Object... body) {
    return with(Api.authorized(), path, body);
  }

  /** Sends the request without the service secret. The body has names and values in turn. */
  static Sent appliance(String path, Object... body) {
    return with(Map.of(), path, body);
  }

  /** Sends the request with these headers. */
  static Sent with(Map<String, String> headers, String path, Object... body) {
    String id = "audit-" + UUID.randomUUID();
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Request-Id", id);
    return new Sent(id, Stage.api().send("POST", path, Api.object(body).toString(), all));
  }

  static Sent redeem(Customer customer, String host) {
    return appliance("/register", "claim_code", customer.code(), "appliance_id", host);
  }

  static Sent checkIn(String credential) {
    return appliance("/check-in", "appliance_credential", credential);
  }

  /** The audit rows, each as {@code event actor subject}. */
  List<String> rows() {
    return column(String.class, "event || ' ' || actor || ' ' || coalesce(subject, '-')");
  }

  <T> List<T> column(Class<T> type, String expression) {
    return Stage.sql()
        .all(type, "SELECT " + expression + " FROM audit_log WHERE request_id = ?", id);
  }
}
