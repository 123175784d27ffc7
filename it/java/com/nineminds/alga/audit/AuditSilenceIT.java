package com.nineminds.alga.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit log has no rows of refused requests, and no secrets. */
class AuditSilenceIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void refusedRequestLeavesNoRow() {
    Customer customer = Customer.pro(api);
    Sent.redeem(customer, "host-" + Customer.unique());
    String path = "/register";
    assertRefusedWithoutRow("409 consumed_claim_code", Sent.redeem(customer, "other"));
    assertRefusedWithoutRow(
        "404 invalid_claim_code",
        Sent.appliance(path, "claim_code", "22222222", "appliance_id", "x"));
    assertRefusedWithoutRow("400 invalid_request", Sent.appliance(path, "claim_code", 5));
    assertRefusedWithoutRow("401 unauthorized", Sent.appliance("/sign", "stripe_sub_id", "x"));
    assertRefusedWithoutRow(
        "400 invalid_request", Sent.service("/register-tenant", "edition", "pro"));
    assertRefusedWithoutRow(
        "404 unknown_entitlement",
        Sent.service("/revoke", "stripe_sub_id", "sub_" + Customer.unique()));
    assertRefusedWithoutRow("401 invalid_credential", Sent.checkIn("0".repeat(64)));
    Customer live = Customer.pro(api);
    assertRefusedWithoutRow(
        "409 tenant_mismatch",
        Sent.appliance(
            path,
            "claim_code",
            live.code(),
            "appliance_id",
            "host",
            "expected_tenant_id",
            customer.tenantId()));
  }

  @Test
  void noRowHasASecret() {
    Customer customer = Customer.pro(api);
    Answer redeemed = customer.redeem(api, "host");
    Sent.checkIn(redeemed.text("appliance_credential"));
    Sent.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    for (String secret :
        List.of(
            customer.code(), redeemed.text("appliance_credential"), redeemed.text("first_jwt"))) {
      assertThat(
              sql.one(
                  Long.class,
                  "SELECT count(*) FROM audit_log row WHERE position(? IN row::text) > 0",
                  secret))
          .isZero();
    }
  }

  private void assertRefusedWithoutRow(String outcome, Sent sent) {
    assertThat(sent.answer().outcome()).isEqualTo(outcome);
    assertThat(sent.rows()).isEmpty();
  }
}
