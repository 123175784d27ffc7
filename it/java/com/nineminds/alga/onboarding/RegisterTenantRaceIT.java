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
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many {@code POST /register-tenant} at once make one tenant with one code. */
class RegisterTenantRaceIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @RepeatedTest(3)
  void oneKeyMakesOneTenant() {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.essentials();
    assertOneTenant(AtOnce.times(32, i -> order.sendWithKey(api, key)), order);
  }

  @RepeatedTest(3)
  void oneSubscriptionMakesOneTenant() {
    Order order = Order.paid();
    assertOneTenant(AtOnce.times(32, i -> order.send(api)), order);
  }

  @RepeatedTest(3)
  void onePinnedTenantIdMakesOneTenant() {
    Order order = Order.essentials().with("tenant_id", UUID.randomUUID().toString());
    assertOneTenant(AtOnce.times(16, i -> order.send(api)), order);
  }

  @RepeatedTest(3)
  void oneSubscriptionUnderManyKeysMakesOneTenant() {
    Order order = Order.paid();
    assertOneTenant(
        AtOnce.times(16, i -> order.sendWithKey(api, "it-" + UUID.randomUUID())), order);
  }

  @RepeatedTest(3)
  void paymentIsAttachedOnce() {
    Order open = Order.unpaid();
    Order paid =
        open.with("tenant_id", open.send(api).text("tenant_id"))
            .with("stripe_sub_id", "sub_" + Customer.unique());
    assertOneTenant(AtOnce.times(16, i -> paid.send(api)), paid);
  }

  @RepeatedTest(3)
  void ofManySubscriptionsForOneTenantOneWins() {
    Order open = Order.unpaid();
    String tenant = open.send(api).text("tenant_id");
    List<Answer> answers =
        AtOnce.times(
            16,
            i ->
                open.with("tenant_id", tenant)
                    .with("stripe_sub_id", "sub_" + Customer.unique())
                    .send(api));
    assertThat(answers).extracting(Answer::outcome).containsOnlyOnce("201");
    assertThat(answers).extracting(Answer::outcome).containsOnly("201", "409 entitlement_conflict");
    assertThat(
            sql.all(
                UUID.class,
                "SELECT id FROM entitlements WHERE tenant_id = ? AND active",
                UUID.fromString(tenant)))
        .hasSize(1);
  }

  @RepeatedTest(3)
  void ofManyTenantsForOneSubscriptionOneWins() {
    String sub = "sub_" + Customer.unique();
    Order open = Order.unpaid();
    List<String> tenants =
        Stream.generate(() -> open.send(api).text("tenant_id")).limit(8).toList();
    List<Answer> answers =
        AtOnce.times(
            8, i -> open.with("tenant_id", tenants.get(i)).with("stripe_sub_id", sub).send(api));
    assertThat(answers).extracting(Answer::outcome).containsOnlyOnce("201");
    assertThat(answers).extracting(Answer::outcome).containsOnly("201", "409 entitlement_conflict");
  }

  @Test
  void oneKeyWithManyBodiesMakesOneTenant() {
    String key = "it-" + UUID.randomUUID();
    Order order = Order.essentials();
    List<Answer> answers =
        AtOnce.times(16, i -> order.with("contact_name", "Caller " + i).sendWithKey(api, key));
    assertThat(answers).extracting(Answer::outcome).containsOnlyOnce("201");
    assertThat(answers).extracting(Answer::outcome).containsOnly("201", "409 idempotency_conflict");
    assertThat(tenantsOf(order)).hasSize(1);
  }

  private void assertOneTenant(List<Answer> answers, Order order) {
    assertThat(answers).extracting(Answer::outcome).containsOnly("200", "201");
    assertThat(answers).extracting(Answer::outcome).containsOnlyOnce("201");
    assertThat(answers)
        .extracting(answer -> answer.text("tenant_id"))
        .containsOnly(answers.get(0).text("tenant_id"));
    assertThat(answers)
        .extracting(answer -> answer.text("install_code"))
        .containsOnly(answers.get(0).text("install_code"));
    assertThat(tenantsOf(order)).hasSize(1);
    assertThat(
            sql.all(
                UUID.class,
                "SELECT id FROM claim_codes WHERE tenant_id = ?",
                UUID.fromString(answers.get(0).text("tenant_id"))))
        .hasSize(1);
  }

  private List<UUID> tenantsOf(Order order) {
    return sql.all(
        UUID.class, "SELECT tenant_id FROM tenant_registry WHERE contact_email = ?", order.email());
  }
}
