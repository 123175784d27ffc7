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

/** What an appliance asks for while its tenant is being suspended: the suspension stays. */
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

  private void assertSuspended(Customer customer) {
    assertThat(portal.count(customer, "tenant_registry", "status = 'suspended'")).isOne();
    assertThat(portal.count(customer, "audit_log", "event = 'tenant_activated'")).isZero();
  }

  /** The suspension is there, but not yet committed, when the request comes and has to wait. */
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

  private static boolean someoneWaitsForALock() {
    return Stage.sql()
            .one(
                Long.class,
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        > 0;
  }
}
