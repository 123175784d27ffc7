package com.nineminds.alga.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /claim-codes} mints a fresh code for a subscription. */
class ClaimCodesIT {

  private final Api api = Stage.api();

  @Test
  void answersAFreshCode() {
    long expected = Instant.now().plus(Duration.ofDays(30)).getEpochSecond();
    Answer minted = mint(Customer.pro(api).stripeSubId());
    assertThat(minted.outcome()).isEqualTo("201");
    assertThat(minted.header("Cache-Control")).hasValue("no-store");
    assertThat(minted.json().keySet()).containsExactlyInAnyOrder("code", "expires_at");
    assertThat(minted.text("code")).matches("[2-9A-HJKMNP-Z]{8}");
    assertThat(minted.number("expires_at")).isBetween(expected - 5, expected + 60);
  }

  @Test
  void codeRedeemsForTheSubscriptionsTenant() {
    Customer customer = Customer.pro(api);
    Answer redeemed = redeem(mint(customer.stripeSubId()).text("code"));
    assertThat(redeemed.outcome()).isEqualTo("200");
    assertThat(redeemed.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(redeemed.text("edition")).isEqualTo("pro");
    assertThat(redeemed.has("appliance_credential")).isTrue();
  }

  @Test
  void earlierUnconsumedCodesAreRevoked() {
    Customer customer = Customer.pro(api);
    String reissued =
        api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    String first = mint(customer.stripeSubId()).text("code");
    String second = mint(customer.stripeSubId()).text("code");
    assertThat(second).isNotEqualTo(first);
    assertThat(redeem(customer.code()).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(reissued).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(first).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(second).outcome()).isEqualTo("200");
  }

  @Test
  void consumedCodeStaysConsumed() {
    Customer customer = Customer.pro(api);
    customer.redeem(api, "box");
    assertThat(mint(customer.stripeSubId()).outcome()).isEqualTo("201");
    assertThat(redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
  }

  @Test
  void unknownSubscriptionIs404() {
    assertThat(mint("sub_unknown_" + Customer.unique()).outcome())
        .isEqualTo("404 unknown_entitlement");
  }

  @Test
  void revokedSubscriptionIs403() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(mint(customer.stripeSubId()).outcome()).isEqualTo("403 entitlement_inactive");
  }

  @Test
  void refusalLeavesTheLiveCodeOfTheTenantAlone() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    String code =
        api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    assertThat(mint(customer.stripeSubId()).outcome()).isEqualTo("403 entitlement_inactive");
    assertThat(redeem(code).outcome()).isEqualTo("200");
  }

  @Test
  void subscriptionWithoutTenantGetsACodeWithoutTenant() {
    Answer redeemed = redeem(mint(unbound()).text("code"));
    assertThat(redeemed.outcome()).isEqualTo("200");
    assertThat(redeemed.has("tenant_id")).isFalse();
    assertThat(redeemed.text("edition")).isEqualTo("premium");
    assertThat(redeemed.has("first_jwt")).isTrue();
  }

  @Test
  void earlierCodeOfASubscriptionWithoutTenantIsRevoked() {
    String sub = unbound();
    String first = mint(sub).text("code");
    String second = mint(sub).text("code");
    assertThat(redeem(first).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(second).outcome()).isEqualTo("200");
  }

  @Test
  void codeFromBeforeTheBindingIsRevokedToo() {
    String sub = unbound();
    String early = mint(sub).text("code");
    String tenant = Customer.essentials(api).tenantId();
    sign(sub, tenant);
    String late = mint(sub).text("code");
    assertThat(redeem(early).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(late).text("tenant_id")).isEqualTo(tenant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"stripe_sub_id\": null}",
        "{\"stripe_sub_id\": \"\"}",
        "{\"stripe_sub_id\": 5}",
        "{\"stripe_sub_id\": [\"sub_1\"]}",
        "{\"stripe_sub_id\": \"a\\u0000b\"}"
      })
  void missingOrMalformedSubscriptionIs400(String body) {
    Answer answer = api.send("POST", "/claim-codes", body, Api.authorized());
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("stripe_sub_id");
  }

  private Answer mint(String sub) {
    return api.service("/claim-codes", "stripe_sub_id", sub);
  }

  private Answer redeem(String code) {
    return api.appliance("/register", "claim_code", code, "appliance_id", "box");
  }

  /** Creates a subscription from before the registry. Returns its id. */
  private String unbound() {
    String sub = "sub_" + UUID.randomUUID();
    sign(sub, null);
    return sub;
  }

  private void sign(String sub, String tenant) {
    Answer signed =
        api.service(
            "/sign",
            "stripe_sub_id",
            sub,
            "customer",
            "Old Customer",
            "tier",
            "premium",
            "transport",
            "connected",
            "tenant_id",
            tenant);
    assertThat(signed.outcome()).isEqualTo("200");
  }
}
