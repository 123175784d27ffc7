package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many {@code POST /install-codes/reissue} at once leave exactly one live code. */
class ReissueRaceIT {

  @Test
  void tenantThatIsCancelledWhileAReissueByEmailWaitsForItIsNotChosen() throws Exception {
    Order order = Order.essentials();
    String older = order.send(api).text("tenant_id");
    String newer = order.with("region", "eu").send(api).text("tenant_id");
    FutureTask<Answer> reissue =
        new FutureTask<>(
            () -> api.service("/install-codes/reissue", "contact_email", order.email()));
    try (Connection operator = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = operator.createStatement()) {
      operator.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE tenant_registry SET status = 'cancelled' WHERE tenant_id = '" + newer + "'");
      new Thread(reissue, "reissue").start();
      Await.until(Duration.ofMinutes(1), ReissueRaceIT::someoneWaitsForALock, () -> "nobody waits");
      operator.commit();
    }
    Answer answer = reissue.get();
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("tenant_id")).isEqualTo(older);
  }

  @Test
  void subscriptionThatIsReplacedWhileAReissueWaitsForItsTenantIsTheNewCodes() throws Exception {
    Customer customer = Customer.pro(api);
    FutureTask<Answer> reissue =
        new FutureTask<>(
            () -> api.service("/install-codes/reissue", "tenant_id", customer.tenantId()));
    UUID replacement = UUID.randomUUID();
    try (Connection payment = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = payment.createStatement()) {
      payment.setAutoCommit(false);
      statement.execute(
          "SELECT FROM tenant_registry WHERE tenant_id = '%s' FOR NO KEY UPDATE"
              .formatted(customer.tenantId()));
      new Thread(reissue, "reissue").start();
      Await.until(Duration.ofMinutes(1), ReissueRaceIT::someoneWaitsForALock, () -> "nobody waits");
      statement.executeUpdate(
          "UPDATE entitlements SET active = false WHERE tenant_id = '%s'"
              .formatted(customer.tenantId()));
      statement.executeUpdate(
          """
          INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, transport, license_sub)
          VALUES ('%1$s', '%2$s', 'sub_%1$s', 'pro', 'connected', '%1$s')
          """
              .formatted(replacement, customer.tenantId()));
      payment.commit();
    }
    assertThat(reissue.get().outcome()).isEqualTo("200");
    assertThat(
            Stage.sql()
                .one(
                    UUID.class,
                    "SELECT entitlement_id FROM claim_codes"
                        + " WHERE tenant_id = ? AND superseded_at IS NULL",
                    UUID.fromString(customer.tenantId())))
        .isEqualTo(replacement);
  }

  @Test
  void subscriptionThatBecomesActiveWhileAReissueWaitsIsTheNewCodes() throws Exception {
    Customer customer = Customer.pro(api);
    UUID tenant = UUID.fromString(customer.tenantId());
    UUID entitlement =
        Stage.sql().one(UUID.class, "SELECT id FROM entitlements WHERE tenant_id = ?", tenant);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    reissueWhile(
        customer, "UPDATE entitlements SET active = true WHERE id = '%s'".formatted(entitlement));
    assertThat(entitlementOfNewestCode(customer)).isEqualTo(entitlement);
  }

  @Test
  void subscriptionThatIsBoughtWhileAReissueWaitsIsTheNewCodes() throws Exception {
    Customer customer = Customer.essentials(api);
    UUID bought = UUID.randomUUID();
    reissueWhile(
        customer,
        """
        INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, transport, license_sub)
        VALUES ('%1$s', '%2$s', 'sub_%1$s', 'pro', 'connected', '%1$s')
        """
            .formatted(bought, customer.tenantId()));
    assertThat(entitlementOfNewestCode(customer)).isEqualTo(bought);
  }

  /** Another transaction locks the tenant and makes the change. The re-issue waits for it. */
  private void reissueWhile(Customer customer, String change) throws Exception {
    FutureTask<Answer> reissue =
        new FutureTask<>(
            () -> api.service("/install-codes/reissue", "tenant_id", customer.tenantId()));
    try (Connection signature = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = signature.createStatement()) {
      signature.setAutoCommit(false);
      statement.execute(
          "SELECT FROM tenant_registry WHERE tenant_id = '%s' FOR NO KEY UPDATE"
              .formatted(customer.tenantId()));
      new Thread(reissue, "reissue").start();
      Await.until(Duration.ofMinutes(1), ReissueRaceIT::someoneWaitsForALock, () -> "nobody waits");
      statement.executeUpdate(change);
      signature.commit();
    }
    assertThat(reissue.get().outcome()).isEqualTo("200");
  }

  private static UUID entitlementOfNewestCode(Customer customer) {
    return Stage.sql()
        .one(
            UUID.class,
            "SELECT entitlement_id FROM claim_codes"
                + " WHERE tenant_id = ? AND superseded_at IS NULL",
            UUID.fromString(customer.tenantId()));
  }

  private static boolean someoneWaitsForALock() {
    return Stage.sql()
            .one(
                Long.class,
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        > 0;
  }

  private final Api api = Stage.api();

  @RepeatedTest(3)
  void manyReissuesLeaveOneLiveCode() {
    Customer customer = Customer.pro(api);
    assertOneLiveCode(
        customer,
        AtOnce.times(
            16, i -> api.service("/install-codes/reissue", "tenant_id", customer.tenantId())));
  }

  @RepeatedTest(3)
  void manyReissuesByEmailLeaveOneLiveCode() {
    Customer customer = Customer.essentials(api);
    assertOneLiveCode(
        customer,
        AtOnce.times(
            16, i -> api.service("/install-codes/reissue", "contact_email", customer.email())));
  }

  @RepeatedTest(3)
  void oneRedeemAtMostWinsAgainstReissues() {
    Customer customer = Customer.pro(api);
    List<Answer> answers =
        AtOnce.times(
            8,
            i ->
                i == 0
                    ? customer.redeem(api, "box")
                    : api.service("/install-codes/reissue", "tenant_id", customer.tenantId()));
    assertThat(answers.get(0).outcome()).isIn("200", "409 superseded_claim_code");
    assertThat(answers.subList(1, 8)).extracting(Answer::outcome).containsOnly("200");
    assertThat(live(customer)).isEqualTo(1);
  }

  private void assertOneLiveCode(Customer customer, List<Answer> answers) {
    assertThat(answers).extracting(Answer::outcome).containsOnly("200");
    assertThat(answers).extracting(answer -> answer.text("install_code")).doesNotHaveDuplicates();
    assertThat(live(customer)).isEqualTo(1);
    List<String> redeems =
        answers.stream()
            .map(
                answer ->
                    api.appliance(
                            "/register",
                            "claim_code",
                            answer.text("install_code"),
                            "appliance_id",
                            "box-" + answer.text("install_code"))
                        .outcome())
            .toList();
    assertThat(redeems).containsOnly("200", "409 superseded_claim_code").containsOnlyOnce("200");
  }

  private static long live(Customer customer) {
    return Stage.sql()
        .one(
            Long.class,
            "SELECT count(*) FROM claim_codes WHERE tenant_id = ? AND consumed_at IS NULL"
                + " AND revoked_at IS NULL AND expires_at > now()",
            UUID.fromString(customer.tenantId()));
  }
}
