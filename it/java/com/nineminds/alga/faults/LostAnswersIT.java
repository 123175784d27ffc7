package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The service does every request, but its first answer to each request is lost. */
class LostAnswersIT {

  private static final int CLIENTS = 8;
  private static final int APPLIANCES = 200;
  private static final LossyProxy PROXY = new LossyProxy(Stage.node().base());

  private final Api direct = Stage.api();
  private final Api lossy = new Api(PROXY.base());

  @AfterAll
  static void close() {
    PROXY.close();
  }

  @Test
  void appliancesInstallWithOneRetryEachAndStrangersDoNot() {
    AtOnce.times(
        CLIENTS,
        client -> {
          for (int i = 0; i < APPLIANCES / CLIENTS; i++) {
            installWithOneRetry(Customer.pro(direct));
          }
          return client;
        });
  }

  private void installWithOneRetry(Customer customer) {
    String machine = "box-" + Customer.unique();
    Answer installed = withOneRetry(() -> customer.redeem(lossy, machine));
    assertThat(installed.outcome()).isEqualTo("200");
    assertThat(installed.text("tenant_id")).isEqualTo(customer.tenantId());
    Answer stranger = withOneRetry(() -> customer.redeem(lossy, "stranger-" + machine));
    assertThat(stranger.outcome()).isEqualTo("409 consumed_claim_code");
    String credential = installed.text("appliance_credential");
    assertThat(withOneRetry(() -> checkIn(lossy, credential)).text("status")).isEqualTo("ok");
    assertThat(customer.redeem(direct, machine).outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT appliance_id FROM appliances WHERE tenant_id = ?",
                    UUID.fromString(customer.tenantId())))
        .containsExactly(machine);
  }

  @Test
  void parallelRetriesOfOneApplianceLeaveOneValidCredential() {
    for (int i = 0; i < 20; i++) {
      Customer customer = Customer.pro(direct);
      List<String> credentials =
          AtOnce.times(CLIENTS, client -> answered(() -> customer.redeem(lossy, "box"))).stream()
              .filter(Objects::nonNull)
              .map(answer -> answer.text("appliance_credential"))
              .toList();
      assertThat(credentials).hasSize(CLIENTS - 1).doesNotHaveDuplicates();
      // the valid credential may be the one in the lost answer
      String last = customer.redeem(direct, "box").text("appliance_credential");
      List<String> valid =
          Stream.concat(credentials.stream(), Stream.of(last))
              .filter(credential -> checkIn(direct, credential).status() == 200)
              .toList();
      assertThat(valid).containsExactly(last);
      assertThat(AtOnce.times(CLIENTS, client -> customer.redeem(direct, "box").outcome()))
          .containsOnly("409 consumed_claim_code");
    }
  }

  @Test
  void everyClientGetsThroughAndIsToldTheTruth() throws SQLException {
    Ledger ledger = new Ledger();
    Drivers drivers = Drivers.start(ledger, () -> lossy, CLIENTS, 1);
    try {
      Await.until(
          Duration.ofMinutes(2),
          () -> ledger.figures().acknowledged() >= 1000,
          () -> "slow: " + ledger.figures());
    } finally {
      drivers.stop();
    }
    assertThat(ledger.figures().retried()).isGreaterThan(200);
    try (Connection database = Stage.postgres().superuserConnection(Stage.sql().database())) {
      ledger.check(direct, database);
    }
  }

  private static Answer withOneRetry(Supplier<Answer> request) {
    assertThatThrownBy(request::get).isInstanceOf(UncheckedIOException.class);
    return request.get();
  }

  /** Returns null if the answer was lost. */
  private static Answer answered(Supplier<Answer> request) {
    try {
      Answer answer = request.get();
      assertThat(answer.outcome()).isEqualTo("200");
      return answer;
    } catch (UncheckedIOException lost) {
      return null;
    }
  }

  private static Answer checkIn(Api api, String credential) {
    return api.appliance("/check-in", "appliance_credential", credential);
  }
}
