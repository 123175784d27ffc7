package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Stage;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code POST /register-tenant} with a subscription that became known in an unusual way. */
class RegisterTenantSubscriptionIT {

  private final Api api = Stage.api();

  @Test
  void knownSubscriptionIs200EvenWhenTheBodySaysEssentials() {
    Order paid = Order.paid();
    Answer first = paid.send(api);
    Answer repeat = paid.with("edition", "essentials").send(api);
    assertThat(repeat.outcome()).isEqualTo("200");
    assertThat(repeat.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(repeat.text("install_code")).isEqualTo(first.text("install_code"));
    assertThat(repeat.text("edition")).isEqualTo("pro");
  }

  @Test
  void unboundSubscriptionIsNotBoundByAnEssentialsBody() {
    Order paid = Order.paid();
    sign(paid, null);
    Answer free = paid.with("edition", "essentials").send(api);
    assertThat(free.outcome()).isEqualTo("201");
    assertThat(free.text("edition")).isEqualTo("essentials");
    Answer bought = paid.send(api);
    assertThat(bought.outcome()).isEqualTo("201");
    assertThat(bought.text("tenant_id")).isNotEqualTo(free.text("tenant_id"));
  }

  @Test
  void subscriptionThatWasSignedForTheTenantBeforeItHadACodeGetsOne() {
    Order open = Order.unpaid();
    String tenantId = open.send(api).text("tenant_id");
    Order paid = open.with("tenant_id", tenantId).with("stripe_sub_id", "sub_" + Customer.unique());
    sign(paid, tenantId);
    Answer answer = paid.send(api);
    assertThat(answer.has("install_code")).as(answer.toString()).isTrue();
    Answer redeemed =
        api.appliance(
            "/register", "claim_code", answer.text("install_code"), "appliance_id", "box-1");
    assertThat(redeemed.text("tenant_id")).isEqualTo(tenantId);
  }

  @Test
  void upgradeThatWasSignedFirstStillGetsItsCode() {
    Order free = Order.essentials();
    Answer registered = free.send(api);
    String tenantId = registered.text("tenant_id");
    api.appliance(
        "/register", "claim_code", registered.text("install_code"), "appliance_id", "box-1");
    Order upgrade =
        free.with("edition", "pro")
            .with("tenant_id", tenantId)
            .with("stripe_sub_id", "sub_" + Customer.unique());
    sign(upgrade, tenantId);
    Answer bought = upgrade.send(api);
    assertThat(bought.outcome()).isEqualTo("201");
    Answer redeemed =
        api.appliance(
            "/register", "claim_code", bought.text("install_code"), "appliance_id", "box-1");
    assertThat(redeemed.text("edition")).isEqualTo("pro");
    assertThat(redeemed.has("first_jwt")).isTrue();
    assertThat(upgrade.send(api).outcome()).isEqualTo("200");
  }

  @Test
  void codeOfASubscriptionThatIsBoundLaterTakesThePlaceOfTheTenantsOwn() {
    Order free = Order.essentials();
    Answer registered = free.send(api);
    String tenantId = registered.text("tenant_id");
    Order paid = free.with("stripe_sub_id", "sub_" + Customer.unique());
    sign(paid, null);
    String code = api.service("/claim-codes", "stripe_sub_id", paid.sub()).text("code");
    sign(paid, tenantId);
    assertThat(
            api.appliance(
                    "/register",
                    "claim_code",
                    registered.text("install_code"),
                    "appliance_id",
                    "box-2")
                .outcome())
        .isEqualTo("409 superseded_claim_code");
    Answer redeemed = api.appliance("/register", "claim_code", code, "appliance_id", "box-1");
    assertThat(redeemed.text("tenant_id")).isEqualTo(tenantId);
  }

  @Test
  void applianceOfASubscriptionThatIsBoundLaterIsTheTenants() {
    Order paid = Order.paid();
    sign(paid, null);
    String code = api.service("/claim-codes", "stripe_sub_id", paid.sub()).text("code");
    Answer first = api.appliance("/register", "claim_code", code, "appliance_id", "box-1");
    Answer bound = paid.send(api);
    Answer again =
        api.appliance(
            "/register", "claim_code", bound.text("install_code"), "appliance_id", "box-1");
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(
            api.appliance("/check-in", "appliance_credential", first.text("appliance_credential"))
                .outcome())
        .isEqualTo("401 invalid_credential");
    String tenantId = bound.text("tenant_id");
    assertThat(api.get("/tenants/" + tenantId).json().getJsonArray("appliances")).hasSize(1);
    assertThat(api.service("/revoke", "appliance_id", "box-1", "tenant_id", tenantId).outcome())
        .isEqualTo("200");
  }

  private void sign(Order order, String tenantId) {
    Answer signed =
        api.service(
            "/sign",
            "stripe_sub_id",
            order.sub(),
            "tenant_id",
            tenantId,
            "customer",
            "X",
            "tier",
            "pro",
            "transport",
            "connected");
    assertThat(signed.outcome()).isEqualTo("200");
  }

  @Test
  void secondSubscriptionOfATenantThatOnlyASignatureNamedIs409() {
    String pinned = UUID.randomUUID().toString();
    Order first = Order.paid();
    sign(first, pinned);
    Answer second = Order.paid().with("tenant_id", pinned).send(api);
    assertThat(second.outcome()).isEqualTo("409 entitlement_conflict");
    assertThat(api.get("/tenants/" + pinned).outcome()).isEqualTo("404 unknown_tenant");
    assertThat(first.with("tenant_id", pinned).send(api).outcome()).isEqualTo("201");
  }
}
