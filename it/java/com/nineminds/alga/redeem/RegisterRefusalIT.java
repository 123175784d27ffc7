package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A refused {@code POST /register} uses nothing up. When the cause ends, the code redeems. */
class RegisterRefusalIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);
  private final Customer customer = Customer.pro(api);

  @Test
  void expiredCodeIsNotUsedUp() {
    portal.setCode(customer, "expires_at = now() - interval '1 second'");
    refused("410 expired_claim_code");
    portal.setCode(customer, "expires_at = now() + interval '1 minute'");
    redeems();
  }

  @Test
  void revokedCodeIsNotUsedUp() {
    portal.setCode(customer, "revoked_at = now()");
    refused("409 superseded_claim_code");
    portal.setCode(customer, "revoked_at = NULL");
    redeems();
  }

  @Test
  void codeOfASuspendedTenantIsNotUsedUp() {
    portal.setStatus(customer, "suspended");
    refused("403 tenant_suspended");
    portal.setStatus(customer, "registered");
    redeems();
  }

  @Test
  void codeOfACancelledTenantIsNotUsedUp() {
    portal.setStatus(customer, "cancelled");
    refused("403 tenant_cancelled");
    portal.setStatus(customer, "registered");
    redeems();
  }

  @Test
  void codeOfAnInactiveEntitlementIsNotUsedUp() {
    portal.setEntitlement(customer, "active = false");
    refused("403 entitlement_inactive");
    portal.setEntitlement(customer, "active = true");
    redeems();
  }

  @Test
  void codeOfAnotherTenantIsNotUsedUp() {
    refused("409 tenant_mismatch", "expected_tenant_id", UUID.randomUUID().toString());
    redeems();
  }

  @Test
  void malformedRequestUsesNothingUp() {
    refused("400 invalid_request", "tenant_id", "none");
    redeems();
  }

  @Test
  void mistypedCodeUsesNothingUp() {
    assertThat(box.redeem(customer.code() + "2").outcome()).isEqualTo("404 invalid_claim_code");
    redeems();
  }

  @Test
  void consumedCodeLeavesItsApplianceAsItWas() {
    String credential = box.install(customer.code());
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  private void refused(String outcome, Object... more) {
    assertThat(box.redeem(customer.code(), more).outcome()).isEqualTo(outcome);
    assertThat(portal.count(customer, "claim_codes", "consumed_at IS NULL")).isOne();
    assertThat(portal.count(customer, "appliances", "true")).isZero();
    assertThat(portal.count(customer, "entitlements", "current_token IS NULL")).isOne();
    assertThat(portal.count(customer, "tenant_registry", "installed_at IS NULL")).isOne();
  }

  private void redeems() {
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }
}
