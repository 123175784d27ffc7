package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A suspension stays, whatever an appliance of the tenant requests at the same time. */
class SuspensionRaceIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();

  @Test
  void redeemThatWaitedForASuspensionIsRefusedAndUsesNothingUp() throws Exception {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    Answer answer = whileSuspending(customer, () -> box.redeem(customer.code()));
    assertThat(answer.outcome()).isEqualTo("403 tenant_suspended");
    assertSuspended(customer);
    portal.setStatus(customer, "registered");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void freeRedeemThatWaitedForASuspensionIsRefusedToo() throws Exception {
    Customer customer = Customer.essentials(api);
    Box box = Box.fresh(api);
    Answer answer = whileSuspending(customer, () -> box.redeem(customer.code()));
    assertThat(answer.outcome()).isEqualTo("403 tenant_suspended");
    assertSuspended(customer);
  }

  @Test
  void checkInThatWaitedForASuspensionDoesNotActivateTheTenant() throws Exception {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    String credential = box.install(customer.code());
    whileSuspending(customer, () -> box.checkIn(credential));
    assertSuspended(customer);
    assertThat(box.checkIn(credential).text("status")).isEqualTo("revoked");
  }

  @Test
  void checkInThatSignsWhileItsTenantIsSuspendedIsRevoked() throws Exception {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    String credential = active(customer, box);
    Answer answer =
        whileTheEntitlementIsHeld(
            customer, () -> box.checkIn(credential), () -> portal.setStatus(customer, "suspended"));
    assertThat(answer.text("status")).isEqualTo("revoked");
    assertNothingWasSigned(customer);
  }

  @Test
  void checkInThatSignsAndActivatesWhileItsTenantIsSuspendedIsRevoked() throws Exception {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    String credential = active(customer, box);
    portal.setStatus(customer, "installed");
    Answer answer =
        whileSuspending(
            customer,
            () -> {
              portal.setEntitlement(customer, "token_terms = 'others'");
              return box.checkIn(credential);
            });
    assertThat(answer.text("status")).isEqualTo("revoked");
    assertNothingWasSigned(customer);
  }

  @Test
  void checkInThatSignsWhileItsApplianceIsRevokedIsRevoked() throws Exception {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    String credential = active(customer, box);
    Answer answer =
        whileTheEntitlementIsHeld(
            customer, () -> box.checkIn(credential), () -> portal.revokeAppliance(customer, box));
    assertThat(answer.text("status")).isEqualTo("revoked");
    assertNothingWasSigned(customer);
    assertThat(box.checkIn(credential).outcome()).isEqualTo("401 revoked_appliance");
  }

  /** Installs the appliance and checks it in. The next check-in has to sign the license anew. */
  private String active(Customer customer, Box box) {
    String credential = box.install(customer.code());
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
    portal.setEntitlement(customer, "token_terms = 'others'");
    return credential;
  }

  private void assertNothingWasSigned(Customer customer) {
    assertThat(portal.count(customer, "audit_log", "event = 'license_signed'")).isZero();
    assertThat(portal.count(customer, "entitlements", "token_terms = 'others'")).isOne();
  }

  private void assertSuspended(Customer customer) {
    assertThat(portal.count(customer, "tenant_registry", "status = 'suspended'")).isOne();
    assertThat(portal.count(customer, "audit_log", "event = 'tenant_activated'")).isZero();
  }

  /** The suspension is not yet committed when the request comes. The request has to wait for it. */
  private static Answer whileSuspending(Customer customer, Callable<Answer> request)
      throws Exception {
    FutureTask<Answer> answer = new FutureTask<>(request);
    try (Connection operator = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = operator.createStatement()) {
      operator.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE tenant_registry SET status = 'suspended' WHERE tenant_id = '%s'"
              .formatted(UUID.fromString(customer.tenantId())));
      new Thread(answer, "appliance").start();
      Await.until(
          Duration.ofMinutes(1), SuspensionRaceIT::someoneWaitsForALock, () -> "nobody waits");
      operator.commit();
    }
    return answer.get();
  }

  /** The check-in has read its data and waits to store them while {@code operator} runs. */
  private static Answer whileTheEntitlementIsHeld(
      Customer customer, Callable<Answer> request, Runnable operator) throws Exception {
    FutureTask<Answer> answer = new FutureTask<>(request);
    try (Connection other = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "SELECT FROM entitlements WHERE tenant_id = '%s' FOR NO KEY UPDATE"
              .formatted(UUID.fromString(customer.tenantId())));
      new Thread(answer, "appliance").start();
      Await.until(
          Duration.ofMinutes(1), SuspensionRaceIT::someoneWaitsForALock, () -> "nobody waits");
      operator.run();
      other.commit();
    }
    return answer.get();
  }

  private static boolean someoneWaitsForALock() {
    return Stage.sql()
            .one(
                Long.class,
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        > 0;
  }
}
