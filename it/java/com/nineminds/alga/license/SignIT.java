package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /sign} decides the claims of a license, its tenant and its lifetime. */
class SignIT {

  private final Api api = Stage.api();

  @ParameterizedTest
  @CsvSource({"connected, 31", "airgap, 396"})
  void transportDecidesTheLifetime(String transport, int days) {
    Answer signed = send(order(sub()), "transport", transport);
    assertThat(signed.outcome()).isEqualTo("200");
    assertThat(signed.header("Cache-Control")).hasValue("no-store");
    JsonObject claims = claims(signed);
    assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(days * 86_400);
    assertThat(signed.number("exp")).isEqualTo(claims.getInt("exp"));
    long now = Instant.now().getEpochSecond();
    assertThat(claims.getJsonNumber("iat").longValueExact()).isBetween(now - 60, now + 5);
  }

  @Test
  void licenseSaysWhatTheContractNames() {
    String tenant = UUID.randomUUID().toString();
    Answer signed = send(order(sub()), "tenant_id", tenant);
    JsonObject header = new LicenseText(signed.text("jwt")).header();
    assertThat(header.keySet()).containsExactlyInAnyOrder("alg", "typ", "kid");
    assertThat(header.getString("alg")).isEqualTo("ES256");
    assertThat(header.getString("typ")).isEqualTo("JWT");
    assertThat(header.getString("kid")).isEqualTo("it-1");
    JsonObject claims = claims(signed);
    assertThat(claims.keySet())
        .containsExactlyInAnyOrder("iss", "sub", "cust", "tier", "seats", "iat", "exp", "aud");
    assertThat(claims.getString("iss")).isEqualTo("nineminds-license");
    assertThat(claims.getString("sub")).startsWith("lic_").isEqualTo(signed.text("sub"));
    assertThat(claims.getString("tier")).isEqualTo("pro");
    assertThat(claims.getInt("seats")).isEqualTo(10);
    assertThat(claims.get("aud")).isInstanceOf(JsonString.class);
    assertThat(claims.getString("aud")).isEqualTo(tenant);
  }

  @Test
  void unlimitedSeatsAndAnUnknownTenantAreLeftOut() {
    JsonObject claims = claims(send(order(sub()), "seats", null));
    assertThat(claims.keySet())
        .containsExactlyInAnyOrder("iss", "sub", "cust", "tier", "iat", "exp");
  }

  @Test
  void subIsKeptOverResigns() {
    String sub = sub();
    Answer first = send(order(sub));
    Answer second = send(order(sub), "tier", "premium");
    Answer third = send(order(sub), "transport", "airgap");
    assertThat(second.text("sub")).isEqualTo(first.text("sub"));
    assertThat(third.text("sub")).isEqualTo(first.text("sub"));
    assertThat(send(order(sub())).text("sub")).isNotEqualTo(first.text("sub"));
  }

  @Test
  void subIsTheOneThatTheApplianceHolds() {
    Customer customer = Customer.pro(api);
    String held = customer.redeem(api, "box").text("first_jwt");
    assertThat(send(order(customer.stripeSubId())).text("sub"))
        .isEqualTo(new LicenseText(held).claims().getString("sub"));
  }

  @Test
  void tierAndSeatsFollowTheOrder() {
    String sub = sub();
    send(order(sub));
    JsonObject changed = claims(send(order(sub), "tier", "premium", "seats", 99));
    assertThat(changed.getString("tier")).isEqualTo("premium");
    assertThat(changed.getInt("seats")).isEqualTo(99);
    assertThat(claims(send(order(sub), "seats", null)).keySet()).doesNotContain("seats");
  }

  @Test
  void changedTermsReachTheApplianceAtItsNextCheckIn() {
    Customer customer = Customer.pro(api);
    String credential = customer.redeem(api, "box").text("appliance_credential");
    send(order(customer.stripeSubId()), "tier", "premium", "seats", 7);
    Answer checkIn = api.appliance("/check-in", "appliance_credential", credential);
    JsonObject claims = claims(checkIn);
    assertThat(claims.getString("tier")).isEqualTo("premium");
    assertThat(claims.getInt("seats")).isEqualTo(7);
    JsonObject entitlement = entitlement(customer);
    assertThat(entitlement.getString("tier")).isEqualTo("premium");
    assertThat(entitlement.getInt("seats")).isEqualTo(7);
  }

  @Test
  void firstBindingIsKept() {
    String sub = sub();
    String tenant = UUID.randomUUID().toString();
    assertThat(claims(send(order(sub)))).doesNotContainKey("aud");
    assertThat(claims(send(order(sub), "tenant_id", tenant)).getString("aud")).isEqualTo(tenant);
    assertThat(claims(send(order(sub))).getString("aud")).isEqualTo(tenant);
    assertThat(claims(send(order(sub), "tenant_id", tenant)).getString("aud")).isEqualTo(tenant);
  }

  @Test
  void anotherTenantLaterIs409AndChangesNothing() {
    Customer customer = Customer.pro(api);
    JsonObject before = entitlement(customer);
    String other = Customer.essentials(api).tenantId();
    for (String tenant : new String[] {other, UUID.randomUUID().toString()}) {
      assertThat(
              send(order(customer.stripeSubId()), "tenant_id", tenant, "tier", "premium").outcome())
          .isEqualTo("409 entitlement_conflict");
    }
    assertThat(entitlement(customer)).isEqualTo(before);
    assertThat(api.get("/tenants/" + other).json().isNull("entitlement")).isTrue();
  }

  @Test
  void secondSubscriptionOfATenantWithAnActiveOneIs409() {
    Customer customer = Customer.pro(api);
    assertThat(send(order(sub()), "tenant_id", customer.tenantId()).outcome())
        .isEqualTo("409 entitlement_conflict");
    assertThat(entitlement(customer).getString("stripe_sub_id")).isEqualTo(customer.stripeSubId());
  }

  @Test
  void revokedEntitlementBecomesActiveAgain() {
    Customer customer = Customer.pro(api);
    String credential = customer.redeem(api, "box").text("appliance_credential");
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(api.appliance("/check-in", "appliance_credential", credential).text("status"))
        .isEqualTo("revoked");
    assertThat(entitlement(customer).getBoolean("active")).isFalse();
    assertThat(send(order(customer.stripeSubId())).outcome()).isEqualTo("200");
    assertThat(entitlement(customer).getBoolean("active")).isTrue();
    assertThat(api.appliance("/check-in", "appliance_credential", credential).text("status"))
        .isEqualTo("ok");
  }

  @Test
  void custIsTheTenantsCompanyName() {
    Customer customer = Customer.pro(api);
    String company =
        api.get("/tenants/" + customer.tenantId()).object("tenant").getString("company_name");
    assertThat(claims(send(order(customer.stripeSubId()))).getString("cust")).isEqualTo(company);
  }

  @Test
  void custIsTheTenantsCompanyNameFromTheFirstBindingOn() {
    Customer customer = Customer.essentials(api);
    String company =
        api.get("/tenants/" + customer.tenantId()).object("tenant").getString("company_name");
    String sub = sub();
    assertThat(claims(send(order(sub))).getString("cust")).isEqualTo("Custom & \u00c9quipe");
    assertThat(claims(send(order(sub), "tenant_id", customer.tenantId())).getString("cust"))
        .isEqualTo(company);
  }

  @Test
  void custIsTheCustomerWhereTheRegistryDoesNotKnowTheTenant() {
    Answer signed = send(order(sub()), "tenant_id", UUID.randomUUID().toString());
    assertThat(claims(signed).getString("cust")).isEqualTo("Custom & \u00c9quipe");
  }

  @Test
  void signedLicenseIsTheTenantsCurrentToken() {
    Customer customer = Customer.pro(api);
    assertThat(entitlement(customer).getBoolean("has_current_token")).isFalse();
    send(order(customer.stripeSubId()));
    assertThat(entitlement(customer).getBoolean("has_current_token")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stripe_sub_id | null",
        "stripe_sub_id | \"\"",
        "stripe_sub_id | 1",
        "customer      | null",
        "customer      | \" \"",
        "customer      | \"a\\u0000b\"",
        "customer      | {}",
        "tier          | null",
        "tier          | \"essentials\"",
        "tier          | \"PRO\"",
        "transport     | null",
        "transport     | \"usb\"",
        "seats         | 0",
        "seats         | -3",
        "seats         | 1.5",
        "seats         | \"5\"",
        "seats         | 2147483648",
        "tenant_id     | \"x\"",
        "tenant_id     | 1"
      })
  void malformedMemberIsNamed(String field, String literal) {
    JsonObject rest = Json.createObjectBuilder(order(sub())).remove(field).build();
    Answer answer =
        api.send(
            "POST",
            "/sign",
            "{\"" + field + "\": " + literal + ", " + rest.toString().substring(1),
            Api.authorized());
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors")).hasSize(1);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe_sub_id", "customer", "tier", "transport"})
  void missingMemberIsNamed(String field) {
    JsonObject rest = Json.createObjectBuilder(order(sub())).remove(field).build();
    Answer answer = send(rest);
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  private static String sub() {
    return "sub_" + UUID.randomUUID();
  }

  private static JsonObject order(String sub) {
    return Api.object(
        "stripe_sub_id", sub,
        "customer", "Custom & \u00c9quipe",
        "tier", "pro",
        "seats", 10,
        "transport", "connected");
  }

  private Answer send(JsonObject order, Object... changes) {
    JsonObjectBuilder body = Json.createObjectBuilder(order);
    Api.object(changes).forEach(body::add);
    return api.send("POST", "/sign", body.build().toString(), Api.authorized());
  }

  private static JsonObject claims(Answer signed) {
    return new LicenseText(signed.text("jwt")).claims();
  }

  private JsonObject entitlement(Customer customer) {
    return api.get("/tenants/" + customer.tenantId()).object("entitlement");
  }
}
