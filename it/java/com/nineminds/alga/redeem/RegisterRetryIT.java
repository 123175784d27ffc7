package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code POST /register} is safe to retry within a window. Several events close the window. */
class RegisterRetryIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);
  private final Customer customer = Customer.pro(api);

  @Test
  void sameApplianceGetsTheSameIdentityAndAFreshCredential() {
    Answer first = box.redeem(customer.code());
    Answer again = box.redeem(customer.code());
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(again.json().keySet()).isEqualTo(first.json().keySet());
    assertThat(again.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(license(again).text("sub")).isEqualTo(license(first).text("sub"));
    assertThat(license(again).text("aud")).isEqualTo(customer.tenantId());
    assertThat(again.text("appliance_credential"))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(first.text("appliance_credential"));
    assertThat(portal.count(customer, "appliances", "true")).isOne();
  }

  @Test
  void freshCredentialReplacesTheLostOne() {
    String lost = box.install(customer.code());
    String fresh = box.install(customer.code());
    assertThat(box.checkIn(lost).outcome()).isEqualTo("401 invalid_credential");
    assertThat(box.checkIn(fresh).text("status")).isEqualTo("ok");
  }

  @Test
  void checkInWithTheReplacedCredentialDoesNotCloseTheWindow() {
    String lost = box.install(customer.code());
    box.install(customer.code());
    assertThat(box.checkIn(lost).status()).isEqualTo(401);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void otherApplianceIs409() {
    box.install(customer.code());
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void afterTheFirstCheckInIs409() {
    String credential = box.install(customer.code());
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void afterAReissueIs409() {
    String credential = box.install(customer.code());
    String fresh = portal.freshCode(customer);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
    assertThat(box.redeem(fresh).outcome()).isEqualTo("200");
  }

  @Test
  void afterTheEntitlementWasRevokedIs403() {
    box.install(customer.code());
    portal.revokeSubscription(customer);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("403 entitlement_inactive");
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void afterTheTenantWasSuspendedIs403() {
    box.install(customer.code());
    portal.setStatus(customer, "suspended");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("403 tenant_suspended");
  }

  @Test
  void afterTheWindowIs409() {
    box.install(customer.code());
    portal.setCode(customer, "consumed_at = now() - interval '23 hours 59 minutes'");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
    portal.setCode(customer, "consumed_at = now() - interval '24 hours 1 second'");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
  }

  @Test
  void retryDoesNotProlongTheWindow() {
    box.install(customer.code());
    portal.setCode(customer, "consumed_at = now() - interval '23 hours'");
    box.install(customer.code());
    assertThat(portal.count(customer, "claim_codes", "consumed_at < now() - interval '22 hours'"))
        .isOne();
  }

  @Test
  void afterTheCodesExpiryButWithinTheWindowIs200() {
    box.install(customer.code());
    portal.setCode(customer, "expires_at = now() - interval '1 hour'");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void retryForAnotherExpectedTenantIs409AndReplacesNothing() {
    String credential = box.install(customer.code());
    assertThat(
            box.redeem(customer.code(), "expected_tenant_id", UUID.randomUUID().toString())
                .outcome())
        .isEqualTo("409 tenant_mismatch");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void essentialsCodeGivesTheSameAnswerAgain() {
    Customer free = Customer.essentials(api);
    Answer first = box.redeem(free.code());
    assertThat(box.redeem(free.code()).json()).isEqualTo(first.json());
    assertThat(Box.fresh(api).redeem(free.code()).outcome()).isEqualTo("409 consumed_claim_code");
    portal.setCode(free, "consumed_at = now() - interval '25 hours'");
    assertThat(box.redeem(free.code()).outcome()).isEqualTo("409 consumed_claim_code");
  }

  @Test
  void essentialsCodeIs409AfterAReissue() {
    Customer free = Customer.essentials(api);
    assertThat(box.redeem(free.code()).outcome()).isEqualTo("200");
    portal.freshCode(free);
    assertThat(box.redeem(free.code()).outcome()).isEqualTo("409 consumed_claim_code");
  }

  @Test
  void codeWithoutATenantGivesTheSameIdentityAgain() {
    String code = portal.codeWithoutTenant("sub_" + Customer.unique());
    Answer first = box.redeem(code);
    Answer again = box.redeem(code);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(license(again).text("sub")).isEqualTo(license(first).text("sub"));
    assertThat(license(again).claims()).doesNotContainKey("aud");
    assertThat(box.checkIn(first.text("appliance_credential")).outcome())
        .isEqualTo("401 invalid_credential");
    assertThat(box.checkIn(again.text("appliance_credential")).text("status")).isEqualTo("ok");
  }

  @Test
  void bodyTenantOfTheRetryDoesNotChangeTheTenantOfTheFirstRedeem() {
    String code = portal.codeWithoutTenant("sub_" + Customer.unique());
    String tenantId = UUID.randomUUID().toString();
    box.redeem(code, "tenant_id", tenantId);
    assertThat(box.redeem(code, "tenant_id", UUID.randomUUID().toString()).outcome())
        .isEqualTo("409 consumed_claim_code");
    assertThat(box.redeem(code, "tenant_id", tenantId).text("tenant_id")).isEqualTo(tenantId);
    assertThat(box.redeem(code).text("tenant_id")).isEqualTo(tenantId);
  }

  @Test
  void bodyTenantOfTheRetryGivesNoTenantToAnApplianceThatCameWithoutOne() {
    String code = portal.codeWithoutTenant("sub_" + Customer.unique());
    box.install(code);
    assertThat(box.redeem(code, "tenant_id", UUID.randomUUID().toString()).outcome())
        .isEqualTo("409 consumed_claim_code");
    Answer again = box.redeem(code);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(again.has("tenant_id")).isFalse();
    assertThat(license(again).claims()).doesNotContainKey("aud");
  }

  /** Some installations derive the same appliance_id from the same image. */
  @Test
  void sameApplianceIdForAnotherTenantIdIs409AndTheFirstCredentialStays() {
    String mine = UUID.randomUUID().toString();
    for (Customer each : List.of(Customer.pro(api), Customer.essentials(api))) {
      assertThat(box.redeem(each.code(), "tenant_id", mine).outcome()).isEqualTo("200");
      assertThat(box.redeem(each.code(), "tenant_id", UUID.randomUUID().toString()).outcome())
          .isEqualTo("409 consumed_claim_code");
      assertThat(box.redeem(each.code(), "tenant_id", each.tenantId()).outcome())
          .isEqualTo("409 consumed_claim_code");
      assertThat(box.redeem(each.code()).outcome()).isEqualTo("409 consumed_claim_code");
      Answer again = box.redeem(each.code(), "tenant_id", mine);
      assertThat(again.outcome()).isEqualTo("200");
      if (again.has("appliance_credential")) {
        assertThat(box.checkIn(again.text("appliance_credential")).text("status")).isEqualTo("ok");
      }
    }
  }

  @Test
  void absentTenantIdAndTheCodesOwnTenantAreTheSame() {
    Customer own = Customer.pro(api);
    box.install(own.code());
    assertThat(box.redeem(own.code(), "tenant_id", own.tenantId()).outcome()).isEqualTo("200");
    assertThat(box.redeem(own.code()).outcome()).isEqualTo("200");
    assertThat(box.redeem(own.code(), "tenant_id", UUID.randomUUID().toString()).outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void codeWithoutATenantIs409AfterAReissueEvenWhenItsSubscriptionComesBack() {
    Customer free = Customer.essentials(api);
    String sub = "sub_" + Customer.unique();
    String code = portal.codeWithoutTenant(sub);
    String credential = box.install(code);
    sign(sub, free);
    api.service("/revoke", "stripe_sub_id", sub);
    portal.freshCode(free);
    sign(sub, free);
    assertThat(box.redeem(code).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void codeWithoutATenantIs409AfterARevocationEvenWhenItsSubscriptionComesBack() {
    String sub = "sub_" + Customer.unique();
    String code = portal.codeWithoutTenant(sub);
    String credential = box.install(code);
    api.service("/revoke", "stripe_sub_id", sub);
    assertThat(box.redeem(code).outcome()).isEqualTo("403 entitlement_inactive");
    sign(sub, Customer.essentials(api));
    assertThat(box.redeem(code).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void retriesOfAPaidCodeAreLimitedAndTheLastCredentialStaysGood() {
    String last = box.install(customer.code());
    Answer answer = box.redeem(customer.code());
    int retries = 0;
    while (answer.status() == 200 && retries < 40) {
      retries++;
      last = answer.text("appliance_credential");
      answer = box.redeem(customer.code());
    }
    assertThat(retries).isBetween(19, 21);
    assertThat(answer.outcome()).isEqualTo("429 rate_limited");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 361);
    assertThat(answer.text("error")).contains("minutes").doesNotContain("wrong");
    assertThat(portal.count(customer, "audit_log", "event = 'code_redeemed_again'"))
        .isEqualTo(retries);
    assertThat(box.checkIn(last).text("status")).isEqualTo("ok");
  }

  @Test
  void retriesOfOneCodeLeaveThoseOfAnotherAlone() {
    box.install(customer.code());
    AtOnce.times(40, i -> box.redeem(customer.code()));
    Box other = Box.fresh(api);
    Customer neighbour = Customer.pro(api);
    other.install(neighbour.code());
    assertThat(other.redeem(neighbour.code()).outcome()).isEqualTo("200");
    assertThat(portal.count(customer, "audit_log", "event = 'code_redeemed_again'"))
        .isBetween(1L, 21L);
  }

  private void sign(String sub, Customer tenant) {
    Answer signed =
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
            tenant.tenantId());
    assertThat(signed.status()).as(signed.toString()).isEqualTo(200);
  }

  private VerifiedLicense license(Answer answer) {
    return VerifiedLicense.of(api, answer.text("first_jwt"));
  }
}
