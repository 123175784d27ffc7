package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code POST /revoke} for a subscription and for an appliance. */
class RevokeIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @Test
  void revokedEntitlementTellsItsAppliancesAtCheckIn() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    assertRevoked(revokeEntitlement(customer));
    assertThat(box.checkIn(credential).json()).isEqualTo(Api.object("status", "revoked"));
    assertThat(portal.details(customer).getJsonObject("entitlement").getBoolean("active"))
        .isFalse();
  }

  @Test
  void unconsumedCodesAreRevokedWithTheEntitlement() {
    Customer customer = Customer.pro(api);
    box.install(customer.code());
    String fresh = portal.freshCode(customer);
    revokeEntitlement(customer);
    assertThat(Box.fresh(api).redeem(fresh).outcome()).isEqualTo("403 entitlement_inactive");
    assertThat(portal.count(customer, "claim_codes", "revoked_at IS NOT NULL")).isOne();
    assertThat(
            portal.count(customer, "claim_codes", "consumed_at IS NOT NULL AND revoked_at IS NULL"))
        .isOne();
  }

  @Test
  void codeWithoutATenantIsRevokedWithItsEntitlement() {
    String sub = "sub_" + Customer.unique();
    String code = portal.codeWithoutTenant(sub);
    assertRevoked(api.service("/revoke", "stripe_sub_id", sub));
    assertThat(box.redeem(code).outcome()).isEqualTo("403 entitlement_inactive");
  }

  @Test
  void revokingAnEntitlementAgainIsHarmless() {
    Customer customer = Customer.pro(api);
    assertRevoked(revokeEntitlement(customer));
    String essentials = portal.freshCode(customer);
    assertRevoked(revokeEntitlement(customer));
    assertThat(box.redeem(essentials).outcome()).isEqualTo("200");
    assertThat(portal.count(customer, "audit_log", "event = 'entitlement_revoked'")).isOne();
  }

  @Test
  void revokingOneTenantsEntitlementLeavesOthersAlone() {
    Customer customer = Customer.pro(api);
    Customer other = Customer.pro(api);
    String credential = box.install(other.code());
    revokeEntitlement(customer);
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void unknownEntitlementIs404() {
    assertThat(api.service("/revoke", "stripe_sub_id", "sub_" + Customer.unique()).outcome())
        .isEqualTo("404 unknown_entitlement");
  }

  @Test
  void credentialOfARevokedApplianceIsRefused() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    box.checkIn(credential);
    assertRevoked(api.service("/revoke", "appliance_id", box.id()));
    assertThat(box.checkIn(credential).outcome()).isEqualTo("401 revoked_appliance");
    assertThat(api.service("/verify-appliance", "credential", credential).status()).isEqualTo(401);
    assertThat(
            portal
                .details(customer)
                .getJsonArray("appliances")
                .getJsonObject(0)
                .getBoolean("revoked"))
        .isTrue();
  }

  @Test
  void revokingAnApplianceAgainIsHarmless() {
    Customer customer = Customer.pro(api);
    box.install(customer.code());
    assertRevoked(api.service("/revoke", "appliance_id", box.id()));
    assertRevoked(api.service("/revoke", "appliance_id", box.id()));
    assertThat(portal.count(customer, "audit_log", "event = 'appliance_revoked'")).isOne();
  }

  @Test
  void revokingOrDeletingAnApplianceNeverRevivesItsCode() {
    Customer customer = Customer.pro(api);
    box.install(customer.code());
    portal.revokeAppliance(customer, box);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
    portal.sql().update("DELETE FROM appliances WHERE appliance_id = ?", box.id());
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
  }

  @Test
  void revokingAnApplianceLeavesTheOthersOfItsTenantAlone() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    Box second = Box.fresh(api);
    second.install(portal.freshCode(customer));
    portal.revokeAppliance(customer, second);
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void applianceIdOfSeveralTenantsIs409UnlessTheTenantIsGiven() {
    Customer first = Customer.pro(api);
    Customer second = Customer.pro(api);
    String firstCredential = box.install(first.code());
    String secondCredential = box.install(second.code());
    assertThat(api.service("/revoke", "appliance_id", box.id()).outcome())
        .isEqualTo("409 ambiguous_appliance");
    portal.revokeAppliance(second, box);
    assertThat(box.checkIn(secondCredential).outcome()).isEqualTo("401 revoked_appliance");
    assertThat(box.checkIn(firstCredential).text("status")).isEqualTo("ok");
  }

  @Test
  void unknownApplianceIs404() {
    assertThat(api.service("/revoke", "appliance_id", box.id()).outcome())
        .isEqualTo("404 unknown_appliance");
  }

  @Test
  void applianceOfAnotherTenantIs404() {
    String credential = box.install(Customer.pro(api).code());
    assertThat(
            api.service(
                    "/revoke", "appliance_id", box.id(), "tenant_id", UUID.randomUUID().toString())
                .outcome())
        .isEqualTo("404 unknown_appliance");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void applianceWithoutATenantIsRevokedByItsLaterTenant() {
    String sub = "sub_" + Customer.unique();
    String credential = box.install(portal.codeWithoutTenant(sub));
    String tenantId = UUID.randomUUID().toString();
    api.service(
        "/sign",
        "stripe_sub_id",
        sub,
        "customer",
        "Bound",
        "tier",
        "premium",
        "transport",
        "connected",
        "tenant_id",
        tenantId);
    Answer verified = api.service("/verify-appliance", "credential", credential);
    assertThat(verified.text("tenant_id")).isEqualTo(tenantId);
    assertRevoked(api.service("/revoke", "appliance_id", box.id(), "tenant_id", tenantId));
    assertThat(box.checkIn(credential).outcome()).isEqualTo("401 revoked_appliance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tenant_id\": \"7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a11\"}",
        "{\"stripe_sub_id\": 1}",
        "{\"stripe_sub_id\": \"\"}",
        "{\"appliance_id\": \"a b\"}",
        "{\"appliance_id\": \"box\", \"tenant_id\": \"x\"}"
      })
  void missingOrMalformedMemberIs400(String body) {
    assertThat(api.send("POST", "/revoke", body, Api.authorized()).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void withoutTheServiceSecretIs401AndRevokesNothing() {
    Customer customer = Customer.pro(api);
    assertThat(api.appliance("/revoke", "stripe_sub_id", customer.stripeSubId()).outcome())
        .isEqualTo("401 unauthorized");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  private Answer revokeEntitlement(Customer customer) {
    return api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
  }

  private static void assertRevoked(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json()).isEqualTo(Api.object("status", "revoked"));
  }
}
