package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.harness.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A running database that does not do what the service asks of it. */
class DatabaseFaultsIT {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final Wire WIRE = new Wire(Stage.postgres().port());

  private static Node node;
  private static Sql sql;
  private static Api api;
  private static Sabotage sabotage;

  @BeforeAll
  static void start() {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    settings.put("DB_PORT", Integer.toString(WIRE.port()));
    WIRE.mend();
    node = Node.start("faults", settings);
    api = new Api(node.base());
    sabotage = new Sabotage(sql);
    sabotage.prepare();
  }

  @AfterAll
  static void stop() {
    node.close();
    WIRE.close();
  }

  @AfterEach
  void undo() {
    sabotage.undo();
  }

  @Test
  void aLockThatIsNotReleasedEndsIn503AndNothingIsDone() throws SQLException {
    List<Supplier<Answer>> requests = Stream.of(Work.values()).map(work -> work.of(api)).toList();
    List<String> before = Work.written(sql);
    try (Connection other = Stage.postgres().superuserConnection(sql.database());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE tenant_registry, entitlements, appliances IN EXCLUSIVE MODE");
      unavailable(AtOnce.all(requests));
      assertThat(Work.written(sql)).isEqualTo(before);
      other.rollback();
    }
    requests.forEach(DatabaseFaultsIT::succeeds);
  }

  @Test
  void aPoolThatIsUsedUpEndsIn503AndEveryThreadComesBack() throws SQLException {
    List<Supplier<Answer>> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (Work work : List.of(Work.register, Work.check_in, Work.reissue, Work.claim_codes)) {
        requests.add(work.of(api));
      }
    }
    List<String> before = Work.written(sql);
    try (Connection other = Stage.postgres().superuserConnection(sql.database());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE claim_codes, appliances");
      long start = System.nanoTime();
      unavailable(AtOnce.all(requests));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      other.rollback();
    }
    assertThat(Work.written(sql)).isEqualTo(before);
    assertThat(AtOnce.all(requests)).allSatisfy(DatabaseFaultsIT::succeeded);
    assertThat(gauge("connectionpool_freeConnections"))
        .isPositive()
        .isEqualTo(gauge("connectionpool_managedConnections"));
  }

  @Test
  void aStatementThatHangsEndsIn503AndNothingIsDone() {
    Supplier<Answer> request = Work.register.of(api);
    Supplier<Answer> other = Work.reissue.of(api);
    List<String> before = Work.written(sql);
    sabotage.at("audit_log", "PERFORM pg_sleep(120);");
    unavailable(AtOnce.all(List.of(request, other)));
    sabotage.undo();
    assertThat(Work.written(sql)).isEqualTo(before);
    succeeds(request);
    succeeds(other);
  }

  @ParameterizedTest
  @EnumSource
  void aConflictIsTriedAgainAFewTimes(Work work) {
    Supplier<Answer> request = work.of(api);
    sabotage.at(
        work, "IF nextval('failures') < 3 THEN RAISE 'conflict' USING ERRCODE = '40001'; END IF;");
    succeeds(request);
    assertThat(sabotage.count()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aConflictThatStaysEndsIn503AndNothingIsDone(Work work) {
    Supplier<Answer> request = work.of(api);
    List<String> before = Work.written(sql);
    sabotage.at(work, Sabotage.COUNT + "RAISE 'conflict' USING ERRCODE = '40P01';");
    unavailable(request);
    long tries = sabotage.count();
    sabotage.undo();
    assertThat(tries).isBetween(2L, 9L);
    assertThat(Work.written(sql)).isEqualTo(before);
    succeeds(request);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatEndsInMidStatementEndsIn503AndNothingIsDone(Work work) {
    Supplier<Answer> request = work.of(api);
    List<String> before = Work.written(sql);
    sabotage.at(work, "PERFORM pg_terminate_backend(pg_backend_pid());");
    unavailable(request);
    sabotage.undo();
    assertThat(Work.written(sql)).isEqualTo(before);
    succeeds(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PERFORM pg_terminate_backend(pg_backend_pid())",
        "RAISE 'full' USING ERRCODE = '53100'",
        "RAISE 'conflict' USING ERRCODE = '40001'"
      })
  void aCommitThatFailsEndsIn503AndNothingIsDone(String failure) {
    Supplier<Answer> request = Work.reissue.of(api);
    Supplier<Answer> single = Work.register.of(api);
    List<String> before = Work.written(sql);
    sabotage.atCommit(failure + ";");
    unavailable(request);
    unavailable(single);
    sabotage.undo();
    assertThat(Work.written(sql)).isEqualTo(before);
    succeeds(request);
    succeeds(single);
  }

  /** Re-issues by e-mail, which takes a transaction of several statements. */
  @Test
  void aCommitWhoseAnswerIsLostIsNotRepeated() {
    aReissueWhoseAnswerIsLostIsNotRepeated(
        "COMMIT",
        customer -> api.service("/install-codes/reissue", "contact_email", customer.email()));
  }

  @Test
  void aReissueInOneStatementIsNotRepeated() {
    aReissueWhoseAnswerIsLostIsNotRepeated("INSERT INTO claim_codes", DatabaseFaultsIT::reissue);
  }

  private void aReissueWhoseAnswerIsLostIsNotRepeated(
      String sent, Function<Customer, Answer> reissue) {
    Customer customer = Customer.pro(api);
    freshConnections();
    WIRE.cutAtTheAnswerTo(sent);
    unavailable(() -> reissue.apply(customer));
    assertThat(codes(customer)).isEqualTo(2);
    String code = reissue.apply(customer).text("install_code");
    assertThat(codes(customer)).isEqualTo(3);
    assertThat(
            sql.one(
                String.class,
                "SELECT code_last4 FROM claim_codes WHERE tenant_id = ?::uuid AND revoked_at IS NULL",
                customer.tenantId()))
        .isEqualTo(code.substring(4));
  }

  @Test
  void aStatementWhoseAnswerIsLostIsNotRepeated() {
    Customer customer = Customer.pro(api);
    freshConnections();
    WIRE.cutAtTheAnswerTo("UPDATE claim_codes SET consumed_at");
    unavailable(() -> customer.redeem(api, "host"));
    assertThat(customer.redeem(api, "stranger").outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(customer.redeem(api, "host").text("tenant_id")).isEqualTo(customer.tenantId());
    String email = "it-" + Customer.unique() + "@lost.test";
    Supplier<Answer> registration = () -> registration(email);
    freshConnections();
    WIRE.cutAtTheAnswerTo("INSERT INTO tenant_registry");
    unavailable(registration);
    assertThat(registration.get().status()).isEqualTo(200);
    assertThat(
            sql.one(
                Long.class, "SELECT count(*) FROM tenant_registry WHERE contact_email = ?", email))
        .isOne();
  }

  @Test
  void aConnectionThatIsCutInMidTransactionEndsIn503AndNothingIsDone() {
    List<Supplier<Answer>> requests = List.of(Work.reissue.of(api), Work.register.of(api));
    List<String> before = Work.written(sql);
    sabotage.at("audit_log", Sabotage.COUNT + "PERFORM pg_sleep(120);");
    CompletableFuture<List<Answer>> answers =
        CompletableFuture.supplyAsync(() -> AtOnce.all(requests));
    Await.until(BOUND, () -> sabotage.count() == 2, () -> "nothing is under way");
    WIRE.cut();
    WIRE.mend();
    unavailable(answers.join());
    sabotage.undo();
    assertThat(Work.written(sql)).isEqualTo(before);
    assertThat(AtOnce.all(requests)).allSatisfy(DatabaseFaultsIT::succeeded);
  }

  private static Answer registration(String email) {
    return api.send(
        "POST",
        "/register-tenant",
        Api.object("company_name", "Lost", "contact_email", email, "edition", "essentials")
            .toString(),
        Map.of(
            "Authorization",
            Api.authorized().get("Authorization"),
            "Idempotency-Key",
            "key-" + email));
  }

  private static Answer reissue(Customer customer) {
    return api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
  }

  private static long codes(Customer customer) {
    return sql.one(
        Long.class,
        "SELECT count(*) FROM claim_codes WHERE tenant_id = ?::uuid",
        customer.tenantId());
  }

  /** Opens new connections. A connection that sent a statement before sends only its number. */
  private static void freshConnections() {
    WIRE.cut();
    WIRE.mend();
    node.awaitReady();
  }

  private static void unavailable(Supplier<Answer> request) {
    unavailable(AtOnce.all(List.of(request)));
  }

  private static void unavailable(List<Answer> answers) {
    assertThat(answers).allSatisfy(Work::assertUnavailable);
  }

  private static void succeeds(Supplier<Answer> request) {
    succeeded(request.get());
  }

  private static void succeeded(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
  }

  private static double gauge(String name) {
    return new Console(node.base())
        .get("/metrics?scope=vendor")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
