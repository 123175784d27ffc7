package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code POST /register} takes the tenant from the code, or else from the request. */
class RegisterCodeTenantIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);
  private final String sub = "sub_" + Customer.unique();

  @Test
  void unknownBodyTenantChangesNothingForACodeThatHasATenant() {
    Customer customer = Customer.pro(api);
    Answer answer = box.redeem(customer.code(), "tenant_id", UUID.randomUUID().toString());
    assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(license(answer).text("aud")).isEqualTo(customer.tenantId());
  }

  @Test
  void codeOfAnotherTenantThanTheKnownBodyTenantIs409AndIsNotUsedUp() {
    for (Customer customer : List.of(Customer.pro(api), Customer.essentials(api))) {
      Customer other = Customer.pro(api);
      Answer answer = box.redeem(customer.code(), "tenant_id", other.tenantId());
      assertThat(answer.outcome()).isEqualTo("409 tenant_mismatch");
      assertThat(answer.body())
          .doesNotContain(customer.tenantId())
          .doesNotContain(other.tenantId())
          .doesNotContain(customer.email());
      assertThat(portal.count(other, "appliances", "true")).isZero();
      answer = box.redeem(customer.code(), "tenant_id", customer.tenantId());
      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    }
  }

  @Test
  void bodyTenantIsIgnoredForAnEssentialsCode() {
    Customer customer = Customer.essentials(api);
    Answer answer = box.redeem(customer.code(), "tenant_id", UUID.randomUUID().toString());
    assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
  }

  @Test
  void bodyTenantBecomesTheLicensesAudienceAndTheAppliancesTenantForACodeWithoutOne() {
    String tenantId = UUID.randomUUID().toString();
    Answer answer = box.redeem(portal.codeWithoutTenant(sub), "tenant_id", tenantId);
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("tenant_id")).isEqualTo(tenantId);
    assertThat(answer.text("edition")).isEqualTo("premium");
    assertThat(license(answer).text("aud")).isEqualTo(tenantId);
    assertThat(license(answer).text("cust")).isEqualTo("Old " + sub);
    assertThat(verified(answer).text("tenant_id")).isEqualTo(tenantId);
  }

  @Test
  void registeredBodyTenantOfACodeWithoutOneIsInstalledAndNamedByTheLicense() {
    Customer customer = Customer.essentials(api);
    Answer answer = box.redeem(portal.codeWithoutTenant(sub), "tenant_id", customer.tenantId());
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("edition")).isEqualTo("premium");
    assertThat(license(answer).text("cust"))
        .isEqualTo(portal.details(customer).getJsonObject("tenant").getString("company_name"));
    assertThat(portal.details(customer).getJsonObject("tenant").getString("status"))
        .isEqualTo("installed");
    assertThat(portal.count(customer, "appliances", "true")).isOne();
  }

  @Test
  void withNeitherTheLicenseHasNoAudienceAndTheAnswerNoTenant() {
    Answer answer = box.redeem(portal.codeWithoutTenant(sub));
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.has("tenant_id")).isFalse();
    assertThat(answer.text("edition")).isEqualTo("premium");
    assertThat(license(answer).claims()).doesNotContainKey("aud");
    assertThat(license(answer).text("cust")).isEqualTo("Old " + sub);
    assertThat(verified(answer).has("tenant_id")).isFalse();
  }

  @Test
  void codeWithoutATenantIsNotTheExpectedTenants() {
    String code = portal.codeWithoutTenant(sub);
    String tenantId = UUID.randomUUID().toString();
    assertThat(box.redeem(code, "expected_tenant_id", tenantId).outcome())
        .isEqualTo("409 tenant_mismatch");
    assertThat(box.redeem(code, "expected_tenant_id", tenantId, "tenant_id", tenantId).outcome())
        .isEqualTo("200");
  }

  @Test
  void suspendedBodyTenantOfACodeWithoutOneIs403() {
    Customer customer = Customer.essentials(api);
    portal.setStatus(customer, "suspended");
    String code = portal.codeWithoutTenant(sub);
    assertThat(box.redeem(code, "tenant_id", customer.tenantId()).outcome())
        .isEqualTo("403 tenant_suspended");
    assertThat(box.redeem(code).outcome()).isEqualTo("200");
  }

  @Test
  void codeWithoutATenantGivesNoTenantASecondActiveSubscription() {
    Customer customer = Customer.pro(api);
    String code = portal.codeWithoutTenant(sub);
    assertThat(box.redeem(code, "tenant_id", customer.tenantId()).status()).isEqualTo(409);
    assertThat(portal.count(customer, "entitlements", "active")).isOne();
    assertThat(box.redeem(code).outcome()).isEqualTo("200");
  }

  @Test
  void codeOfAPaidTenantWithoutAnActiveEntitlementBringsEssentials() {
    Customer customer = Customer.pro(api);
    portal.revokeSubscription(customer);
    Answer answer = box.redeem(portal.freshCode(customer));
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().keySet())
        .containsExactlyInAnyOrder("tenant_id", "edition", "company_name", "contact_email");
    assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(answer.text("edition")).isEqualTo("essentials");
    assertThat(portal.count(customer, "appliances", "true")).isZero();
  }

  private VerifiedLicense license(Answer answer) {
    return VerifiedLicense.of(api, answer.text("first_jwt"));
  }

  private Answer verified(Answer answer) {
    return api.service("/verify-appliance", "credential", answer.text("appliance_credential"));
  }
}
