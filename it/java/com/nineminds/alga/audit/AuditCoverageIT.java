package com.nineminds.alga.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.console.TenantQuestion.Verb;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.OpenApiDocument;
import com.nineminds.alga.harness.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every route and every console action leaves its row in the audit log. The database of this test
 * commits no change of a tenant, an entitlement, a code or an appliance without such a row.
 */
class AuditCoverageIT {

  private static final Api API = Stage.api();
  private static AuditGuard guard;

  private final Set<String> routes = new TreeSet<>();

  @BeforeAll
  static void watch() {
    guard = AuditGuard.on(Stage.sql());
  }

  @AfterAll
  static void leave() {
    guard.close();
  }

  @Test
  void everyRouteThatChangesSomethingRecordsIt() {
    free();
    paid();
    paidLater();
    upgraded();
    boundLater();
    moved();
    Set<String> posts =
        OpenApiDocument.root().get("paths").properties().stream()
            .filter(path -> path.getValue().has("post"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(routes).containsExactlyInAnyOrderElementsOf(posts);
  }

  private void free() {
    String key = "guarded-" + Customer.unique();
    String[] order = {
      "company_name", "Free", "contact_email", key + "@it.test", "edition", "essentials"
    };
    Map<String, String> keyed =
        Map.of("Authorization", "Bearer " + Stage.SERVICE_SECRET, "Idempotency-Key", key);
    Answer first = ok(API.send("POST", "/register-tenant", body(order), keyed), 201);
    ok(API.send("POST", "/register-tenant", body(order), keyed), 200);
    String tenant = first.text("tenant_id");
    Stage.sql()
        .update(
            "UPDATE claim_codes SET expires_at = now() WHERE tenant_id = ?",
            UUID.fromString(tenant));
    // the code expired, so the same request mints a fresh code
    Answer again = ok(API.send("POST", "/register-tenant", body(order), keyed), 200);
    redeem(again.text("install_code"), "box");
    redeem(again.text("install_code"), "box");
    service("/install-codes/reissue", 200, "contact_email", key + "@it.test");
  }

  private void paid() {
    Customer customer = Customer.pro(API);
    redeem(customer.code(), "box");
    String credential = redeem(customer.code(), "box").text("appliance_credential");
    checkIn(credential);
    for (String address : new String[] {"127.0.0.11", "127.0.0.12", "127.0.0.11"}) {
      new Elsewhere(API.base(), address).post("/check-in", "appliance_credential", credential);
    }
    service("/verify-appliance", 200, "credential", credential);
    Stage.sql()
        .update(
            "UPDATE entitlements SET token_terms = 'others' WHERE stripe_sub_id = ?",
            customer.stripeSubId());
    checkIn(credential);
    service("/claim-codes", 201, "stripe_sub_id", customer.stripeSubId());
    service("/install-codes/reissue", 200, "tenant_id", customer.tenantId());
    sign(customer.stripeSubId(), "pro", customer.tenantId());
    sign(customer.stripeSubId(), "premium", customer.tenantId());
    service("/revoke", 200, "appliance_id", "box", "tenant_id", customer.tenantId());
    service("/revoke", 200, "stripe_sub_id", customer.stripeSubId());
    String code =
        service("/install-codes/reissue", 200, "tenant_id", customer.tenantId())
            .text("install_code");
    redeem(code, "box");
    sign(customer.stripeSubId(), "pro", customer.tenantId());
  }

  private void paidLater() {
    String unique = Customer.unique();
    String tenant =
        service(
                "/register-tenant",
                201,
                "company_name",
                "Late",
                "contact_email",
                unique + "@it.test",
                "edition",
                "pro",
                "tenant_id",
                UUID.randomUUID().toString())
            .text("tenant_id");
    pay(tenant, unique);
  }

  private void upgraded() {
    Customer customer = Customer.essentials(API);
    customer.redeem(API, "box");
    pay(customer.tenantId(), Customer.unique());
  }

  private void pay(String tenant, String unique) {
    String code =
        service(
                "/register-tenant",
                201,
                "company_name",
                "Late",
                "contact_email",
                unique + "@it.test",
                "edition",
                "premium",
                "tenant_id",
                tenant,
                "stripe_sub_id",
                "sub_" + unique)
            .text("install_code");
    redeem(code, "box-" + unique);
  }

  /** Creates old subscriptions with a code and an appliance. Binds each of them in another way. */
  private void boundLater() {
    Customer bySignature = Customer.essentials(API);
    String signed = unbound();
    sign(signed, "pro", bySignature.tenantId());
    String byRegistration = unbound();
    service(
        "/register-tenant",
        201,
        "company_name",
        "Old",
        "contact_email",
        "it@it.test",
        "edition",
        "pro",
        "stripe_sub_id",
        byRegistration);
    String code = service("/claim-codes", 201, "stripe_sub_id", unbound()).text("code");
    ok(
        API.appliance(
            "/register",
            "claim_code",
            code,
            "appliance_id",
            "box",
            "tenant_id",
            Customer.essentials(API).tenantId()),
        200);
  }

  private String unbound() {
    String sub = "sub_" + Customer.unique();
    sign(sub, "pro", null);
    checkIn(
        redeem(service("/claim-codes", 201, "stripe_sub_id", sub).text("code"), "box")
            .text("appliance_credential"));
    service("/claim-codes", 201, "stripe_sub_id", sub);
    return sub;
  }

  /** An appliance redeems a code of another subscription of its tenant. */
  private void moved() {
    Customer customer = Customer.pro(API);
    redeem(customer.code(), "box");
    service("/revoke", 200, "stripe_sub_id", customer.stripeSubId());
    pay(customer.tenantId(), Customer.unique());
    String code =
        service("/install-codes/reissue", 200, "tenant_id", customer.tenantId())
            .text("install_code");
    checkIn(redeem(code, "box").text("appliance_credential"));
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void everyActionOfAnOperatorIsRecordedUnderTheirName(Verb verb) {
    Customer customer = Customer.pro(API);
    String here = "/admin/tenant?id=" + customer.tenantId() + "&do=";
    Console anna = Console.signedIn(API.base(), "anna");
    String question =
        switch (verb) {
          case reissue, suspend, cancel -> here + verb;
          case revoke_code ->
              anna.get(here).html().expectFirst("a[href*=" + verb + "]").attr("href");
          case revoke_appliance -> {
            customer.redeem(API, "box");
            yield here + verb + "&target=box";
          }
          case resume -> {
            anna.send(anna.get(here + "suspend").form("#confirm"));
            yield here + verb;
          }
        };
    anna.send(anna.get(question).form("#confirm"));
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT operator FROM audit_log WHERE tenant_id = ? ORDER BY id DESC LIMIT 1",
                    UUID.fromString(customer.tenantId())))
        .containsExactly("anna");
  }

  private Answer redeem(String code, String box) {
    routes.add("/register");
    return ok(API.appliance("/register", "claim_code", code, "appliance_id", box), 200);
  }

  private void checkIn(String credential) {
    routes.add("/check-in");
    ok(API.appliance("/check-in", "appliance_credential", credential), 200);
  }

  private void sign(String sub, String tier, String tenant) {
    Object[] order = {
      "stripe_sub_id", sub, "customer", "Acme", "tier", tier, "transport", "connected"
    };
    if (tenant == null) {
      service("/sign", 200, order);
    } else {
      Object[] bound = Arrays.copyOf(order, order.length + 2);
      bound[order.length] = "tenant_id";
      bound[order.length + 1] = tenant;
      service("/sign", 200, bound);
    }
  }

  private Answer service(String path, int status, Object... body) {
    routes.add(path);
    return ok(API.service(path, body), status);
  }

  private static String body(String... namesAndValues) {
    return Api.object((Object[]) namesAndValues).toString();
  }

  private static Answer ok(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    return answer;
  }
}
