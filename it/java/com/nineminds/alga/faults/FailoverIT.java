package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Cluster;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The primary database dies under load, and a standby takes over. */
@Tag("faults")
class FailoverIT {

  private static final Logger LOG = Logger.getLogger(FailoverIT.class.getName());
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 500;

  private static Cluster primary;
  private static Cluster standby;
  private static List<Node> nodes;

  @BeforeAll
  static void start() {
    primary = Cluster.start();
    primary.createDatabase("alga");
    standby = primary.standby();
    Map<String, String> settings = primary.settings("alga");
    settings.put("DB_HOST", "localhost,localhost");
    settings.put("DB_PORT", primary.port() + "," + standby.port());
    nodes = Node.startAll(settings, "follower-1", "follower-2");
  }

  @AfterAll
  static void stop() {
    Node.closeAll(nodes);
    standby.close();
    primary.close();
  }

  @Test
  void nodesFollowThePromotedStandbyAndNothingAcknowledgedIsLost() throws SQLException {
    List<Api> apis = nodes.stream().map(node -> new Api(node.base())).toList();
    AtomicInteger next = new AtomicInteger();
    Ledger ledger = new Ledger();
    Drivers drivers =
        Drivers.start(
            ledger,
            () -> apis.get(next.getAndIncrement() % apis.size()),
            CLIENTS,
            System.nanoTime());
    try {
      awaitMore(ledger);
      primary.kill();
      long killed = System.nanoTime();
      CompletableFuture<Duration> promoted =
          CompletableFuture.supplyAsync(
              () -> {
                standby.promote();
                return since(killed);
              });
      List<Duration> followed = AtOnce.times(apis.size(), i -> followed(apis.get(i), killed));
      LOG.info(
          "primary killed: promoted after %s, nodes write again after %s"
              .formatted(promoted.join(), followed));
      awaitMore(ledger);
    } finally {
      drivers.stop();
    }
    nodes.forEach(node -> assertThat(node.healthStatus("ready")).isEqualTo(200));
    try (Connection database = standby.superuserConnection("alga")) {
      ledger.check(apis.get(0), database);
    }
    LOG.info("failover: " + ledger.figures());
    assertThat(ledger.figures().retried()).isPositive();
  }

  private static void awaitMore(Ledger ledger) {
    long before = ledger.figures().acknowledged();
    Await.until(
        PATIENCE,
        () -> ledger.figures().acknowledged() >= before + ENOUGH,
        () -> "slow: " + ledger.figures());
  }

  /** Waits until the node can write again. Returns the time since the kill. */
  private static Duration followed(Api api, long killed) {
    Await.until(PATIENCE, () -> isWritten(api), () -> "does not follow");
    return since(killed);
  }

  private static boolean isWritten(Api api) {
    try {
      int status =
          api.service(
                  "/register-tenant",
                  "company_name",
                  "Probe",
                  "contact_email",
                  Customer.unique() + "@probe.test",
                  "edition",
                  "essentials")
              .status();
      assertThat(status).isIn(201, 503);
      return status == 201;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
