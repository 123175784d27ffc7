package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import org.junit.jupiter.api.Test;

/** {@code POST /register} with an {@code appliance_id} that some tenant already has. */
class RegisterAgainIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @Test
  void applianceIdOfTwoTenantsIsValidInBothAndRecorded() {
    Customer first = Customer.pro(api);
    Customer second = Customer.pro(api);
    String firstCredential = box.install(first.code());
    assertThat(portal.count(first, "audit_log", shared())).isZero();
    String secondCredential = box.install(second.code());
    assertThat(box.checkIn(firstCredential).text("status")).isEqualTo("ok");
    assertThat(box.checkIn(secondCredential).text("status")).isEqualTo("ok");
    assertThat(portal.count(first, "appliances", "revoked_at IS NULL")).isOne();
    assertThat(portal.count(second, "appliances", "revoked_at IS NULL")).isOne();
    assertThat(portal.count(second, "audit_log", shared())).isOne();
  }

  @Test
  void freshCodeReplacesTheCredentialOfAnApplianceThatTheTenantHas() {
    Customer customer = Customer.pro(api);
    String old = box.install(customer.code());
    assertThat(box.checkIn(old).text("status")).isEqualTo("ok");
    String fresh = box.install(portal.freshCode(customer));
    assertThat(box.checkIn(old).outcome()).isEqualTo("401 invalid_credential");
    assertThat(box.checkIn(fresh).text("status")).isEqualTo("ok");
    assertThat(portal.count(customer, "appliances", "true")).isOne();
    assertThat(portal.count(customer, "audit_log", shared())).isZero();
  }

  @Test
  void freshCodeBringsARevokedApplianceBack() {
    Customer customer = Customer.pro(api);
    String old = box.install(customer.code());
    portal.revokeAppliance(customer, box);
    String fresh = box.install(portal.freshCode(customer));
    assertThat(box.checkIn(fresh).text("status")).isEqualTo("ok");
    assertThat(box.checkIn(old).outcome()).isEqualTo("401 invalid_credential");
    assertThat(portal.count(customer, "appliances", "revoked_at IS NULL")).isOne();
  }

  @Test
  void consumedCodeDoesNotBringARevokedApplianceBack() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    portal.revokeAppliance(customer, box);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).outcome()).isEqualTo("401 revoked_appliance");
  }

  @Test
  void codeOfAnotherApplianceLeavesTheFirstOneAsItWas() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    Box second = Box.fresh(api);
    assertThat(second.checkIn(second.install(portal.freshCode(customer))).text("status"))
        .isEqualTo("ok");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
    assertThat(portal.count(customer, "appliances", "true")).isEqualTo(2);
  }

  @Test
  void freshCodeMovesTheApplianceToTheCodesEntitlement() {
    Customer customer = Customer.pro(api);
    String old = box.install(customer.code());
    portal.revokeSubscription(customer);
    assertThat(box.checkIn(old).text("status")).isEqualTo("revoked");
    String fresh = box.install(subscribe(customer, "pro"));
    assertThat(box.checkIn(fresh).text("status")).isEqualTo("ok");
    assertThat(portal.count(customer, "appliances", "true")).isOne();
  }

  @Test
  void installedEssentialsTenantIsUpgradedInPlace() {
    Customer customer = Customer.essentials(api);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
    Answer upgraded =
        box.redeem(subscribe(customer, "premium"), "expected_tenant_id", customer.tenantId());
    assertThat(upgraded.outcome()).isEqualTo("200");
    assertThat(upgraded.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(upgraded.text("edition")).isEqualTo("premium");
    assertThat(box.checkIn(upgraded.text("appliance_credential")).text("status")).isEqualTo("ok");
  }

  /** Another subscription for the tenant; gives the code that brings it. */
  private String subscribe(Customer customer, String edition) {
    Answer answer =
        api.service(
            "/register-tenant",
            "tenant_id",
            customer.tenantId(),
            "company_name",
            "Same Company",
            "contact_email",
            customer.email(),
            "edition",
            edition,
            "stripe_sub_id",
            "sub_" + Customer.unique());
    assertThat(answer.status()).isLessThan(300);
    return answer.text("install_code");
  }

  private String shared() {
    return "event = 'appliance_id_shared' AND subject = '" + box.id() + "'";
  }
}
