package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.harness.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node starts without its database, and loses its database later. */
class DatabaseAwayIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Wire WIRE = new Wire(Stage.postgres().port());

  private static Node node;
  private static int readyWhileAway;
  private static int waitingWhileAway;

  @BeforeAll
  static void startWhileTheDatabaseIsAway() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("DB_PORT", Integer.toString(WIRE.port()));
    node = Node.launch("away", settings);
    Await.until(
        Duration.ofMinutes(2),
        () -> node.healthStatus("live") == 200 && waiting() > 0,
        () -> "not live: " + node.console());
    readyWhileAway = node.healthStatus("ready");
    waitingWhileAway = waiting();
    WIRE.mend();
    node.awaitReady();
  }

  @AfterAll
  static void stop() {
    node.close();
    WIRE.close();
  }

  @Test
  void nodeWaitsForItsDatabaseAndSaysSoOnce() {
    assertThat(readyWhileAway).isEqualTo(503);
    assertThat(waitingWhileAway).isOne();
    assertThat(waiting()).isOne();
    assertThat(node.console()).doesNotContain("cannot start");
    assertThat(Customer.pro(api()).redeem(api(), "host").outcome()).isEqualTo("200");
  }

  @Test
  void nodeIsNotReadyWhileItsDatabaseIsAwayAndRecovers() {
    Customer customer = Customer.pro(api());
    String credential = customer.redeem(api(), "host").text("appliance_credential");
    WIRE.cut();
    try {
      Await.until(
          PATIENCE,
          () -> node.healthStatus("ready") == 503,
          () -> "still ready: " + node.console());
      assertThat(node.healthStatus("live")).isEqualTo(200);
      for (Supplier<Answer> request :
          List.<Supplier<Answer>>of(
              () -> customer.redeem(api(), "host"),
              () -> api().appliance("/check-in", "appliance_credential", credential),
              () -> api().service("/install-codes/reissue", "tenant_id", customer.tenantId()),
              () -> api().service("/verify-appliance", "credential", credential),
              () -> api().get("/tenants"),
              () -> api().get("/tenants/" + customer.tenantId()))) {
        assertUnavailable(request);
      }
    } finally {
      WIRE.mend();
    }
    node.awaitReady();
    assertThat(api().appliance("/check-in", "appliance_credential", credential).outcome())
        .isEqualTo("200");
    assertThat(api().get("/tenants/" + customer.tenantId()).outcome()).isEqualTo("200");
  }

  @Test
  void requestOnADeadConnectionIsServedOr503() {
    Customer customer = Customer.pro(api());
    for (Supplier<Answer> request :
        List.<Supplier<Answer>>of(
            () -> api().get("/tenants/" + customer.tenantId()),
            () -> api().service("/install-codes/reissue", "tenant_id", customer.tenantId()),
            () -> api().service("/claim-codes", "stripe_sub_id", customer.stripeSubId()),
            () -> api().service("/revoke", "stripe_sub_id", customer.stripeSubId()))) {
      // the connections of the pool are dead now, and the node does not know it yet
      WIRE.cut();
      WIRE.mend();
      assertThat(request.get().outcome()).isIn("200", "201", "503 database_unavailable");
      Await.until(
          PATIENCE,
          () -> List.of(200, 201).contains(request.get().status()),
          () -> "does not recover: " + node.console());
    }
  }

  @Test
  void connectionsThatAFirewallDroppedSilentlyFailNoRequest() throws InterruptedException {
    Customer customer = Customer.pro(api());
    for (Supplier<Answer> request :
        List.<Supplier<Answer>>of(
            () -> api().get("/tenants/" + customer.tenantId()),
            () -> api().service("/claim-codes", "stripe_sub_id", customer.stripeSubId()))) {
      assertThat(request.get().status()).isIn(200, 201);
      // A firewall drops only idle connections. The node trusts a connection for 5 s, so no event
      // tells the end.
      Thread.sleep(Duration.ofSeconds(6).toMillis());
      WIRE.forgetConnections();
      Instant start = Instant.now();
      assertThat(request.get().status()).isIn(200, 201);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void consoleSaysThatTheDatabaseDoesNotAnswer() {
    Console anna = Console.signedIn(node.base(), "anna");
    Console nobody = new Console(node.base());
    Form signIn =
        nobody
            .get(Console.SIGN_IN)
            .form("#go")
            .with("name", "anna", "password", Stage.operatorPassword("anna"));
    Form signOut = anna.get("/admin/overview").form("[action='/admin/sign-out'] button");
    WIRE.cut();
    try {
      for (Supplier<Page> request :
          List.<Supplier<Page>>of(
              () -> anna.get("/admin/overview"),
              () -> anna.send(signOut),
              () -> nobody.send(signIn))) {
        Page page = request.get();
        assertThat(page.status()).as(page.toString()).isEqualTo(503);
        assertThat(page.body()).contains("The database does not answer").doesNotContain("\tat ");
        assertThat(page.header("Content-Security-Policy")).isPresent();
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("X-Request-Id")).isPresent();
        assertThat(page.header("Retry-After")).contains("2");
      }
    } finally {
      WIRE.mend();
    }
    node.awaitReady();
    Await.until(
        PATIENCE,
        () -> anna.get("/admin/overview").status() == 200,
        () -> "the session did not outlive it: " + node.console());
    assertThat(node.console()).doesNotContain(Stage.operatorPassword("anna"));
  }

  @Test
  void requestsThatNeedNoDatabaseAreAnsweredAllTheSame() {
    WIRE.cut();
    try {
      assertThat(api().get("/.well-known/jwks.json").outcome()).isEqualTo("200");
      assertThat(api().appliance("/register").outcome()).isEqualTo("400 invalid_request");
    } finally {
      WIRE.mend();
    }
    node.awaitReady();
  }

  private static void assertUnavailable(Supplier<Answer> request) {
    Instant start = Instant.now();
    Answer answer = request.get();
    assertThat(answer.outcome()).isEqualTo("503 database_unavailable");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isPositive();
    assertThat(answer.header("X-Request-Id")).isPresent();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  private static Api api() {
    return new Api(node.base());
  }

  private static int waiting() {
    return (int) node.console().lines().filter(line -> line.contains("waiting for it")).count();
  }
}
