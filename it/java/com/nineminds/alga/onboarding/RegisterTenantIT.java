package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /register-tenant} creates, attaches or refuses, according to the kind of order. */
class RegisterTenantIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void answersWithTheTenantItsCodeAndItsPlace() {
    Answer answer = Order.essentials().send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.header("Location")).hasValue("/tenants/" + answer.text("tenant_id"));
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.text("install_code")).matches("[2-9A-HJKMNP-Z]{8}");
    assertThat(answer.text("download_url")).startsWith("http");
    assertThat(answer.text("edition")).isEqualTo("essentials");
    assertThat(answer.text("status")).isEqualTo("registered");
    assertThat(api.get("/tenants/" + answer.text("tenant_id")).status()).isEqualTo(200);
  }

  @Test
  void codeLivesThirtyDays() {
    long expected = Instant.now().plus(Duration.ofDays(30)).getEpochSecond();
    assertThat(Order.essentials().send(api).number("expires_at"))
        .isBetween(expected - 5, expected + 60);
  }

  @Test
  void essentialsCodeCarriesNoEntitlement() {
    Answer registered = Order.essentials().send(api);
    assertThat(detail(registered).isNull("entitlement")).isTrue();
    Answer redeemed = redeem(registered, "box");
    assertThat(redeemed.text("edition")).isEqualTo("essentials");
    assertThat(redeemed.has("appliance_credential")).isFalse();
    assertThat(redeemed.has("first_jwt")).isFalse();
  }

  @Test
  void paidCodeCarriesTheEntitlement() {
    Order order = Order.paid();
    Answer registered = order.send(api);
    assertThat(registered.outcome()).isEqualTo("201");
    JsonObject entitlement = detail(registered).getJsonObject("entitlement");
    assertThat(entitlement.getString("stripe_sub_id")).isEqualTo(order.sub());
    assertThat(entitlement.getString("tier")).isEqualTo("pro");
    assertThat(entitlement.getInt("seats")).isEqualTo(25);
    assertThat(entitlement.getBoolean("active")).isTrue();
    JsonObject license = license(redeem(registered, "box"));
    assertThat(license.getString("aud")).isEqualTo(registered.text("tenant_id"));
    assertThat(license.getString("tier")).isEqualTo("pro");
    assertThat(license.getInt("seats")).isEqualTo(25);
    assertThat(license.getString("cust")).isEqualTo(order.company());
  }

  @Test
  void withoutSeatsTheyAreUnlimited() {
    Answer registered = Order.paid().with("seats", null).send(api);
    assertThat(detail(registered).getJsonObject("entitlement").isNull("seats")).isTrue();
    assertThat(license(redeem(registered, "box"))).doesNotContainKey("seats");
  }

  @Test
  void transportDecidesHowLongTheLicenseLives() {
    JsonObject license = license(redeem(Order.paid().with("transport", "airgap").send(api), "box"));
    assertThat(license.getInt("exp") - license.getInt("iat")).isEqualTo(396 * 86_400);
  }

  @Test
  void absentMembersTakeTheirDefaults() {
    JsonObject tenant = detail(Order.essentials().send(api)).getJsonObject("tenant");
    assertThat(tenant.getString("product_code")).isEqualTo("psa");
    assertThat(tenant.getString("deployment_type")).isEqualTo("appliance");
    assertThat(tenant.get("region")).isEqualTo(JsonValue.NULL);
    assertThat(tenant.get("contact_name")).isEqualTo(JsonValue.NULL);
    assertThat(tenant.get("stripe_customer_id")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void givenMembersAreKept() {
    Order order =
        Order.paid()
            .with("contact_name", "Dana Reyes")
            .with("product_code", "algadesk")
            .with("deployment_type", "hosted")
            .with("region", "eu-central")
            .with("stripe_customer_id", "cus_1");
    JsonObject tenant = detail(order.send(api)).getJsonObject("tenant");
    for (String member :
        new String[] {
          "company_name",
          "contact_email",
          "contact_name",
          "edition",
          "product_code",
          "deployment_type",
          "region",
          "stripe_customer_id"
        }) {
      assertThat(tenant.get(member)).as(member).isEqualTo(order.body().get(member));
    }
  }

  @Test
  void openPaymentMakesATenantWithoutCode() {
    Answer answer = Order.unpaid().send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.header("Location")).hasValue("/tenants/" + answer.text("tenant_id"));
    assertThat(answer.json().get("install_code")).isEqualTo(JsonValue.NULL);
    assertThat(answer.text("download_url")).isEmpty();
    assertThat(answer.has("expires_at")).isFalse();
    assertThat(answer.text("edition")).isEqualTo("pro");
    assertThat(answer.text("status")).isEqualTo("registered");
    assertThat(detail(answer).getJsonArray("install_codes")).isEmpty();
    assertThat(detail(answer).isNull("entitlement")).isTrue();
  }

  @Test
  void paymentAttachesTheEntitlementToTheWaitingTenant() {
    Order order = Order.unpaid();
    String tenant = order.send(api).text("tenant_id");
    String sub = "sub_" + Customer.unique();
    Answer answer = order.with("tenant_id", tenant).with("stripe_sub_id", sub).send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.header("Location")).hasValue("/tenants/" + tenant);
    assertThat(answer.text("tenant_id")).isEqualTo(tenant);
    assertThat(detail(answer).getJsonObject("entitlement").getString("stripe_sub_id"))
        .isEqualTo(sub);
    assertThat(license(redeem(answer, "box")).getString("aud")).isEqualTo(tenant);
  }

  @Test
  void installedEssentialsTenantIsUpgradedInPlace() {
    Order order = Order.essentials();
    Answer free = order.send(api);
    String tenant = free.text("tenant_id");
    assertThat(redeem(free, "box").outcome()).isEqualTo("200");
    Answer upgrade =
        order
            .with("tenant_id", tenant)
            .with("edition", "premium")
            .with("stripe_sub_id", "sub_" + Customer.unique())
            .send(api);
    assertThat(upgrade.outcome()).isEqualTo("201");
    assertThat(upgrade.text("tenant_id")).isEqualTo(tenant);
    assertThat(upgrade.text("edition")).isEqualTo("premium");
    assertThat(upgrade.text("status")).isEqualTo("installed");
    Answer redeemed =
        api.appliance(
            "/register",
            "claim_code",
            upgrade.text("install_code"),
            "appliance_id",
            "box",
            "expected_tenant_id",
            tenant);
    assertThat(redeemed.text("edition")).isEqualTo("premium");
    assertThat(redeemed.has("appliance_credential")).isTrue();
    assertThat(detail(upgrade).getJsonObject("tenant").getString("edition")).isEqualTo("premium");
  }

  @Test
  void upgradeSupersedesTheFreeCode() {
    Order order = Order.essentials();
    Answer free = order.send(api);
    order
        .with("tenant_id", free.text("tenant_id"))
        .with("edition", "pro")
        .with("stripe_sub_id", "sub_" + Customer.unique())
        .send(api);
    assertThat(redeem(free, "box").outcome()).isEqualTo("409 superseded_claim_code");
  }

  @Test
  void unknownTenantIdIsAdopted() {
    String pinned = UUID.randomUUID().toString();
    Answer answer = Order.paid().with("tenant_id", pinned.toUpperCase(Locale.ROOT)).send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.text("tenant_id")).isEqualTo(pinned);
    assertThat(license(redeem(answer, "box")).getString("aud")).isEqualTo(pinned);
  }

  @Test
  void subscriptionOfAnotherTenantIs409() {
    String taken = Customer.pro(api).stripeSubId();
    Order order = Order.essentials();
    Answer free = order.send(api);
    JsonObject before = detail(free);
    Answer answer =
        order
            .with("tenant_id", free.text("tenant_id"))
            .with("edition", "pro")
            .with("stripe_sub_id", taken)
            .send(api);
    assertThat(answer.outcome()).isEqualTo("409 entitlement_conflict");
    assertThat(detail(free)).isEqualTo(before);
  }

  @Test
  void subscriptionOfAnotherTenantIs409ForAnUnknownTenantIdToo() {
    String pinned = UUID.randomUUID().toString();
    Order order = Order.paid().with("stripe_sub_id", Customer.pro(api).stripeSubId());
    assertThat(order.with("tenant_id", pinned).send(api).outcome())
        .isEqualTo("409 entitlement_conflict");
    assertThat(api.get("/tenants/" + pinned).outcome()).isEqualTo("404 unknown_tenant");
  }

  @Test
  void secondSubscriptionTakesThePlaceOfTheFirstOnlyOnceThatIsRevoked() {
    Order order = Order.paid();
    Answer first = order.send(api);
    Order renewal =
        order
            .with("tenant_id", first.text("tenant_id"))
            .with("edition", "premium")
            .with("stripe_sub_id", "sub_" + Customer.unique());
    JsonObject before = detail(first);
    assertThat(renewal.send(api).outcome()).isEqualTo("409 entitlement_conflict");
    assertThat(detail(first)).isEqualTo(before);
    api.service("/revoke", "stripe_sub_id", order.sub());
    Answer second = renewal.send(api);
    assertThat(second.outcome()).isEqualTo("201");
    assertThat(second.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    JsonObject entitlement = detail(first).getJsonObject("entitlement");
    assertThat(entitlement.getString("stripe_sub_id")).isEqualTo(renewal.sub());
    assertThat(entitlement.getString("tier")).isEqualTo("premium");
    assertThat(license(redeem(second, "box")).getString("tier")).isEqualTo("premium");
  }

  @ParameterizedTest
  @CsvSource({"suspended, 403 tenant_suspended", "cancelled, 403 tenant_cancelled"})
  void nothingIsAttachedToAClosedTenant(String status, String outcome) {
    Order order = Order.unpaid();
    Answer open = order.send(api);
    String tenant = open.text("tenant_id");
    sql.update(
        "UPDATE tenant_registry SET status = ? WHERE tenant_id = ?",
        status,
        UUID.fromString(tenant));
    JsonObject before = detail(open);
    Order paid = order.with("tenant_id", tenant).with("stripe_sub_id", "sub_" + Customer.unique());
    assertThat(paid.send(api).outcome()).isEqualTo(outcome);
    assertThat(detail(open)).isEqualTo(before);
  }

  private Answer redeem(Answer registered, String applianceId) {
    return api.appliance(
        "/register", "claim_code", registered.text("install_code"), "appliance_id", applianceId);
  }

  private JsonObject detail(Answer registered) {
    return api.get("/tenants/" + registered.text("tenant_id")).json();
  }

  private static JsonObject license(Answer redeemed) {
    String jwt = redeemed.text("first_jwt");
    String payload = jwt.substring(jwt.indexOf('.') + 1, jwt.lastIndexOf('.'));
    try (JsonReader reader =
        Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(payload)))) {
      return reader.readObject();
    }
  }
}
