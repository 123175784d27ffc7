package com.nineminds.alga.db;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.OpenApiDocument;
import com.nineminds.alga.harness.Sql;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Sends every request of the contract, in each way that needs other statements. */
final class EveryRequest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api api;
  private final Sql sql;
  private final Set<String> routes = new TreeSet<>();

  EveryRequest(URI base, Sql sql) {
    this.api = new Api(base);
    this.sql = sql;
  }

  /** The requested routes, as {@link OpenApiDocument#routes} names them. */
  Set<String> routes() {
    return routes;
  }

  void send() {
    registrations();
    redeems();
    checkIns();
    unboundSubscriptions();
    revocations();
    lists();
    get("/.well-known/jwks.json", 200);
    sql.update(
        "UPDATE claim_codes SET superseded_at = now() - interval '401 days'"
            + " WHERE superseded_at IS NOT NULL");
    sql.update(
        "UPDATE idempotency_keys SET created_at = now() - interval '91 days'"
            + " WHERE idempotency_key LIKE 'key-%'");
  }

  /** Returns when the upkeep has looked for everything that it deletes, after {@link #send}. */
  void awaitUpkeep(Node node) {
    long before = runs(node);
    Await.until(PATIENCE, () -> runs(node) > before + 1, node::console);
  }

  private static long runs(Node node) {
    return node.metrics()
        .lines()
        .filter(line -> line.startsWith("alga_upkeep_total{") && line.contains("\"done\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf('}') + 1)))
        .sum();
  }

  private void registrations() {
    for (String edition : List.of("essentials", "pro")) {
      Map<String, Object> order = order(edition);
      String sub = edition.equals("pro") ? "sub_" + Customer.unique() : null;
      order.put("stripe_sub_id", sub);
      post("/register-tenant", 201, order);
      Map<String, Object> keyed = order(edition);
      String key = "key-" + Customer.unique();
      register(keyed, key, 201);
      Answer known = register(keyed, key, 200);
      sql.update(
          "UPDATE claim_codes SET expires_at = now() WHERE tenant_id = ?",
          UUID.fromString(known.text("tenant_id")));
      register(keyed, key, 200); // a fresh code, because the first one expired
      if (sub != null) {
        post("/register-tenant", 200, order);
        keyed.put("tenant_id", known.text("tenant_id"));
        keyed.put("stripe_sub_id", "sub_" + Customer.unique());
        register(keyed, "key-" + Customer.unique(), 201); // the payment
      }
    }
    Map<String, Object> adopted = order("pro");
    adopted.put("tenant_id", UUID.randomUUID().toString());
    adopted.put("stripe_sub_id", "sub_" + Customer.unique());
    post("/register-tenant", 201, adopted);
    Customer free = Customer.essentials(api);
    post("/install-codes/reissue", 200, "tenant_id", free.tenantId());
    post("/install-codes/reissue", 200, "contact_email", free.email());
    post("/install-codes/reissue", 404, "contact_email", "nobody@it.test");
  }

  private void redeems() {
    Customer free = Customer.essentials(api);
    redeem(free.code(), "box", 200);
    redeem(free.code(), "box", 200);
    Customer paid = Customer.pro(api);
    redeem(paid.code(), "box", 200);
    redeem(paid.code(), "box", 200);
    redeem(paid.code(), "another", 409);
    redeem("22222222", "box", 404);
    post("/claim-codes", 201, "stripe_sub_id", paid.stripeSubId());
  }

  private void checkIns() {
    Customer paid = Customer.pro(api);
    String credential = redeem(paid.code(), "box", 200).text("appliance_credential");
    post("/check-in", 200, "appliance_credential", credential);
    for (String address : List.of("127.0.0.11", "127.0.0.12", "127.0.0.11")) {
      new Elsewhere(api.base(), address).post("/check-in", "appliance_credential", credential);
    }
    sql.update(
        "UPDATE entitlements SET current_token = NULL WHERE stripe_sub_id = ?", paid.stripeSubId());
    post("/check-in", 200, "appliance_credential", credential);
    post("/verify-appliance", 200, "credential", credential);
    Customer late = Customer.pro(api);
    String first = redeem(late.code(), "box", 200).text("appliance_credential");
    sql.update(
        "UPDATE entitlements SET current_token = NULL WHERE stripe_sub_id = ?", late.stripeSubId());
    post("/check-in", 200, "appliance_credential", first);
    post("/verify-appliance", 401, "credential", "0".repeat(64));
    post("/check-in", 401, "appliance_credential", "0".repeat(64));
    String held =
        sql.one(
            String.class,
            "SELECT license_sub FROM entitlements WHERE stripe_sub_id = ?",
            paid.stripeSubId());
    for (int i = 0; i < 2; i++) {
      post("/check-in", 401, "appliance_credential", "0".repeat(64), "current_license_sub", held);
    }
  }

  /** Creates subscriptions from before the registry, and binds each of them in another way. */
  private void unboundSubscriptions() {
    String bySignature = unbound();
    sign(bySignature, Customer.essentials(api).tenantId());
    Map<String, Object> byRegistration = order("pro");
    byRegistration.put("stripe_sub_id", unbound());
    post("/register-tenant", 201, byRegistration);
    for (String edition : List.of("essentials", "pro")) {
      String late = UUID.randomUUID().toString();
      String sub = unbound();
      sign(sub, late);
      post("/claim-codes", 201, "stripe_sub_id", sub);
      Map<String, Object> registration = order(edition); // adds the tenant to the registry
      registration.put("tenant_id", late);
      post("/register-tenant", 201, registration);
    }
    String code = post("/claim-codes", 201, "stripe_sub_id", unbound()).text("code");
    post(
        "/register",
        200,
        "claim_code",
        code,
        "appliance_id",
        "box",
        "tenant_id",
        Customer.essentials(api).tenantId());
  }

  private String unbound() {
    String sub = "sub_" + Customer.unique();
    sign(sub, null);
    String code = post("/claim-codes", 201, "stripe_sub_id", sub).text("code");
    redeem(code, "box-" + sub, 200);
    post("/claim-codes", 201, "stripe_sub_id", sub);
    return sub;
  }

  private void sign(String sub, String tenant) {
    post(
        "/sign",
        200,
        "stripe_sub_id",
        sub,
        "customer",
        "Acme",
        "tier",
        "pro",
        "transport",
        "connected",
        "tenant_id",
        tenant);
  }

  private void revocations() {
    Customer paid = Customer.pro(api);
    String box = "box-" + Customer.unique();
    String credential = redeem(paid.code(), box, 200).text("appliance_credential");
    post("/revoke", 200, "appliance_id", box, "tenant_id", paid.tenantId());
    post("/revoke", 200, "appliance_id", box);
    post("/check-in", 401, "appliance_credential", credential);
    post("/install-codes/reissue", 200, "tenant_id", paid.tenantId());
    post("/revoke", 200, "stripe_sub_id", paid.stripeSubId());
    sign(paid.stripeSubId(), paid.tenantId());
  }

  /** Sends the requests whose statements are planned for their values. */
  void lists() {
    List<String> queries = List.of("", "query=" + UUID.randomUUID(), "query=free", "query=fr");
    List<String> filters =
        List.of(
            "",
            "edition=essentials",
            "status=registered",
            "product_code=psa",
            "deployment_type=appliance",
            "edition=essentials&status=registered");
    String cursor = get("/tenants?limit=1", 200).text("next_cursor");
    for (String query : queries) {
      for (String filter : filters) {
        get("/tenants?" + query + "&" + filter, 200);
        get("/tenants?" + query + "&" + filter + "&cursor=" + cursor, 200);
      }
    }
    get("/tenants/" + Customer.pro(api).tenantId(), 200);
    get("/tenants/" + UUID.randomUUID(), 404);
  }

  private static Map<String, Object> order(String edition) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("company_name", "Free and paid");
    order.put("contact_email", "it-" + Customer.unique() + "@it.test");
    order.put("edition", edition);
    return order;
  }

  private Answer redeem(String code, String box, int status) {
    return post("/register", status, "claim_code", code, "appliance_id", box);
  }

  private Answer register(Map<String, Object> order, String key, int status) {
    Map<String, String> headers = new LinkedHashMap<>(Api.authorized());
    headers.put("Idempotency-Key", key);
    return send("POST", "/register-tenant", body(flat(order)), headers, status);
  }

  private Answer post(String path, int status, Map<String, Object> body) {
    return post(path, status, flat(body));
  }

  private Answer post(String path, int status, Object... body) {
    return send("POST", path, body(body), Api.authorized(), status);
  }

  private Answer get(String path, int status) {
    return send("GET", path, null, Api.authorized(), status);
  }

  private Answer send(
      String method, String path, String body, Map<String, String> headers, int status) {
    Answer answer = api.send(method, path, body, headers);
    if (answer.status() != status) {
      throw new AssertionError(method + " " + path + " " + body + ": " + answer);
    }
    routes.add(OpenApiDocument.route(method, path));
    return answer;
  }

  private static String body(Object... namesAndValues) {
    return Api.object(namesAndValues).toString();
  }

  private static Object[] flat(Map<String, Object> members) {
    return members.entrySet().stream()
        .flatMap(member -> java.util.stream.Stream.of(member.getKey(), member.getValue()))
        .toArray();
  }
}
