package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database ends sessions of the service at random moments, if possible during a statement. The
 * service is under load and does not restart. {@code -Dalga.faults.cuts} sets the number of cuts.
 * {@code -Dalga.faults.seed} repeats a run.
 */
@Tag("faults")
class CutSessionsIT {

  private static final Logger LOG = Logger.getLogger(CutSessionsIT.class.getName());
  private static final int CUTS = Integer.getInteger("alga.faults.cuts", 1000);
  private static final long SEED = Long.getLong("alga.faults.seed", System.nanoTime());
  private static final int CLIENTS = 8;
  private static final int MAX_PAUSE_MILLIS = 50;
  private static final int POOL = 16;
  private static final int WARM = 500;

  private static final String CUT =
      """
      SELECT pid || ' ' || backend_start, state, pg_terminate_backend(pid)
      FROM (SELECT * FROM pg_stat_activity
            WHERE datname = ? AND application_name = 'alga-license'
            ORDER BY state = 'idle', random() LIMIT 1) session
      """;

  private final String database = Stage.freshDatabase();
  private final Ledger ledger = new Ledger();

  @Test
  void cutSessionsCostNobodyAnything() throws SQLException {
    LOG.info("seed " + SEED);
    Node node = Node.start("cut-sessions", Stage.settings(database));
    try (Connection superuser = Stage.postgres().superuserConnection(database)) {
      Api api = new Api(node.base());
      Drivers drivers = Drivers.start(ledger, () -> api, CLIENTS, SEED);
      int amid;
      try {
        awaitAnswers(WARM);
        amid = cut(superuser);
      } finally {
        drivers.stop();
      }
      LOG.info(CUTS + " cuts, " + amid + " amid a statement or transaction: " + ledger.figures());
      assertThat(ledger.figures().retried()).isPositive();
      requireHealthy(node, api);
      ledger.check(api, superuser);
      assertThat(node.console()).doesNotContain("unexpected error");
    } finally {
      node.close();
    }
  }

  /** Returns how many of the cut sessions were not idle. */
  private int cut(Connection superuser) throws SQLException {
    Random random = new Random(SEED);
    Set<String> cut = new HashSet<>();
    int amid = 0;
    while (cut.size() < CUTS) {
      long answered = ledger.figures().acknowledged();
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)).toNanos());
      // a request has succeeded since the last cut
      awaitAnswers(answered + 1);
      try (PreparedStatement statement = superuser.prepareStatement(CUT)) {
        statement.setString(1, database);
        try (ResultSet session = statement.executeQuery()) {
          if (session.next() && session.getBoolean(3) && cut.add(session.getString(1))) {
            amid += "idle".equals(session.getString(2)) ? 0 : 1;
          }
        }
      }
    }
    return amid;
  }

  private void awaitAnswers(long enough) {
    Await.until(
        Duration.ofMinutes(1),
        () -> ledger.figures().acknowledged() >= enough,
        () -> "nobody gets through: " + ledger.figures() + ledger.violations());
  }

  /** All threads and connections are free again. The pool has only live connections. */
  private static void requireHealthy(Node node, Api api) {
    assertThat(node.healthStatus("ready")).isEqualTo(200);
    // more requests at once than connections: they try each connection, and find the last one that
    // was cut
    Await.until(
        Duration.ofSeconds(30),
        () ->
            AtOnce.times(4 * POOL, client -> api.get("/tenants?limit=1").status()).stream()
                .allMatch(status -> status == 200),
        () -> "does not recover: " + node.console());
    Await.until(
        Duration.ofSeconds(30),
        () -> {
          String metrics = node.metrics();
          double managed = value(metrics, "connectionpool_managedConnections");
          return managed >= 1
              && managed <= POOL
              && value(metrics, "connectionpool_freeConnections") == managed
              // the thread that serves this request
              && value(metrics, "threadpool_activeThreads") <= 1;
        },
        () -> "threads or connections that are not free: " + node.metrics());
  }

  private static double value(String metrics, String name) {
    return Pattern.compile("(?m)^" + name + "\\{.*(?:jdbc_alga|Default_Executor).*} (\\S+)$")
        .matcher(metrics)
        .results()
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .findFirst()
        .orElseThrow();
  }
}
