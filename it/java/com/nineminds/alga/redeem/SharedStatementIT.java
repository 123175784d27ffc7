package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Simultaneous requests share a statement, but no answers and no failures. */
class SharedStatementIT {

  private static final int OTHERS = 12;

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();
  private List<Installed> others;

  private record Installed(Customer customer, Box box, String credential) {

    static Installed fresh(Api api) {
      Customer customer = Customer.pro(api);
      Box box = Box.fresh(api);
      return new Installed(customer, box, box.install(customer.code()));
    }

    Answer checkIn() {
      return box.checkIn(credential);
    }
  }

  @BeforeEach
  void install() {
    others = IntStream.range(0, OTHERS).mapToObj(i -> Installed.fresh(api)).toList();
  }

  @Test
  void eachGetsItsOwnAnswer() {
    for (int round = 0; round < 10; round++) {
      assertOwn(AtOnce.times(OTHERS, i -> others.get(i).checkIn()));
    }
  }

  /** The requests that wait behind a blocked request share the next transaction. */
  @Test
  void requestsDuringABlockedStatementShareTheNextTransactions() throws Exception {
    Installed held = Installed.fresh(api);
    FutureTask<Answer> heldUp = new FutureTask<>(held::checkIn);
    whileLocked(
        List.of(held),
        () -> {
          new Thread(heldUp, "held up").start();
          awaitOneThatWaits();
          assertOwn(AtOnce.times(OTHERS, i -> others.get(i).checkIn()));
          assertThat(heldUp).isNotDone();
          assertThat(transactions()).isLessThan(OTHERS);
        });
    assertThat(heldUp.get().outcome()).isEqualTo("200");
  }

  /** The lock for one request is not free in time. This ends the statement of all requests. */
  @Test
  void failureOfOneRequestDoesNotFailTheOthersOfItsStatement() throws Exception {
    Installed first = Installed.fresh(api);
    Installed second = Installed.fresh(api);
    FutureTask<Answer> firstAnswer = new FutureTask<>(first::checkIn);
    whileLocked(
        List.of(first, second),
        () -> {
          new Thread(firstAnswer, "first").start();
          awaitOneThatWaits();
          List<Answer> answers =
              AtOnce.times(
                  OTHERS + 1, i -> i < OTHERS ? others.get(i).checkIn() : second.checkIn());
          assertOwn(answers.subList(0, OTHERS));
          assertThat(answers.get(OTHERS).outcome()).isEqualTo("503 database_unavailable");
        });
    assertThat(firstAnswer.get().outcome()).isEqualTo("503 database_unavailable");
    assertThat(second.checkIn().outcome()).isEqualTo("200");
  }

  /** One statement may have the same request twice. Either result is right for both. */
  @Test
  void sameApplianceMayAskManyTimesAtOnce() {
    List<Answer> answers = AtOnce.times(16, i -> others.get(0).checkIn());
    assertThat(answers).extracting(Answer::outcome).containsOnly("200");
    assertThat(answers)
        .extracting(answer -> aud(answer))
        .containsOnly(others.get(0).customer.tenantId());
  }

  /** An error in one registration does not affect the others. */
  @Test
  void registrationsThatCannotGoTogetherAreAllSettled() {
    for (int round = 0; round < 10; round++) {
      String sub = "sub_" + Customer.unique();
      List<Answer> answers =
          AtOnce.times(
              16,
              i ->
                  api.service(
                      "/register-tenant",
                      "company_name",
                      "Together",
                      "contact_email",
                      Customer.unique() + "@example.test",
                      "edition",
                      "pro",
                      "stripe_sub_id",
                      i % 2 == 0 ? sub : "sub_" + Customer.unique()));
      assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
      assertThat(IntStream.range(0, 16).filter(i -> i % 2 == 0).mapToObj(answers::get))
          .extracting(answer -> answer.text("tenant_id"))
          .hasSize(8)
          .containsOnly(answers.get(0).text("tenant_id"));
      assertThat(answers.stream().map(answer -> answer.text("tenant_id")).distinct()).hasSize(9);
    }
  }

  private void assertOwn(List<Answer> answers) {
    assertThat(answers).extracting(Answer::outcome).containsOnly("200");
    assertThat(answers)
        .extracting(answer -> aud(answer))
        .isEqualTo(others.stream().map(other -> other.customer.tenantId()).toList());
  }

  private String aud(Answer answer) {
    return VerifiedLicense.of(api, answer.text("jwt")).text("aud");
  }

  private long transactions() {
    return sql.one(
        Long.class,
        "SELECT count(DISTINCT xmin::text) FROM appliances WHERE appliance_id IN ('%s')"
            .formatted(ids(others)));
  }

  /** Another transaction locks their rows until {@code work} ends. */
  private static void whileLocked(List<Installed> locked, Runnable work) throws SQLException {
    try (Connection connection = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "SELECT FROM appliances WHERE appliance_id IN ('%s') FOR UPDATE".formatted(ids(locked)));
      work.run();
      connection.rollback();
    }
  }

  private static String ids(List<Installed> installed) {
    return String.join("', '", installed.stream().map(one -> one.box.id()).toList());
  }

  private void awaitOneThatWaits() {
    Await.until(
        Duration.ofMinutes(1),
        () ->
            sql.one(
                    Long.class,
                    "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0,
        () -> "nobody waits");
  }
}
