package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A signature names a tenant before its registration. The tenant never has two live codes. */
class LateTenantIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();
  private final String tenant = UUID.randomUUID().toString();
  private final String sub = "sub_" + Customer.unique();

  @Test
  void codeFromBeforeTheRegistrationGivesWayToTheRegistrationsCode() {
    sign();
    String before = mint();
    String registered = register(Order.essentials()).text("install_code");
    assertThat(redeem(before)).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(registered)).isEqualTo("200");
  }

  @Test
  void codeFromBeforeIsTheTenantsWhereTheRegistrationMintsNone() {
    sign();
    String before = mint();
    assertThat(register(Order.unpaid()).has("install_code")).isFalse();
    assertThat(
            sql.one(
                String.class,
                "SELECT code_last4 FROM claim_codes WHERE tenant_id = CAST(? AS uuid)",
                tenant))
        .isEqualTo(before.substring(4));
    String reissued =
        api.service("/install-codes/reissue", "tenant_id", tenant).text("install_code");
    assertThat(redeem(before)).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(reissued)).isEqualTo("200");
  }

  @Test
  void applianceThatRedeemedBeforeMayNotRetryOnceThereIsANewerCode() {
    sign();
    String before = mint();
    assertThat(redeem(before)).isEqualTo("200");
    assertThat(redeem(before)).isEqualTo("200");
    register(Order.essentials());
    assertThat(redeem(before)).isEqualTo("409 consumed_claim_code");
  }

  @RepeatedTest(3)
  void codesThatAreMintedWhileTheTenantIsRegisteredLeaveOneThatLives() {
    sign();
    AtOnce.all(
        List.of(this::mint, this::mint, () -> register(Order.essentials()).text("install_code")));
    assertThat(
            sql.one(
                Long.class,
                """
                SELECT count(*) FROM claim_codes c LEFT JOIN entitlements e ON e.id = c.entitlement_id
                WHERE coalesce(c.tenant_id, e.tenant_id) = CAST(? AS uuid)
                  AND c.consumed_at IS NULL AND c.revoked_at IS NULL
                """,
                tenant))
        .isOne();
  }

  private void sign() {
    Answer signed =
        api.service(
            "/sign",
            "stripe_sub_id",
            sub,
            "customer",
            "Signed first",
            "tier",
            "pro",
            "transport",
            "connected",
            "tenant_id",
            tenant);
    assertThat(signed.status()).as(signed.toString()).isEqualTo(200);
  }

  private String mint() {
    Answer minted = api.service("/claim-codes", "stripe_sub_id", sub);
    assertThat(minted.status()).as(minted.toString()).isEqualTo(201);
    return minted.text("code");
  }

  private Answer register(Order order) {
    Answer registered = order.with("tenant_id", tenant).send(api);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    return registered;
  }

  private String redeem(String code) {
    return api.appliance("/register", "claim_code", code, "appliance_id", "late-" + sub).outcome();
  }
}
