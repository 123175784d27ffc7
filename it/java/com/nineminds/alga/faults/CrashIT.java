package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the server at random moments under load, again and again. The next server uses the same
 * database, and is killed too. {@code -Dalga.faults.kills} sets the number of kills. {@code
 * -Dalga.faults.seed} repeats a run.
 */
@Tag("faults")
class CrashIT {

  private static final Logger LOG = Logger.getLogger(CrashIT.class.getName());
  private static final int KILLS = Integer.getInteger("alga.faults.kills", 20);
  private static final long SEED = Long.getLong("alga.faults.seed", System.nanoTime());
  private static final int CLIENTS = 6;
  private static final int MAX_LOAD_MILLIS = 2000;

  /** The pause of the clients while a server starts. It leaves most of the CPU to the server. */
  private static final Duration SLOW = Duration.ofMillis(200);

  private final String database = Stage.freshDatabase();
  private final Ledger ledger = new Ledger();

  @Test
  void nothingThatWasToldIsLostAndEverybodyFinishesByRetrying() throws SQLException {
    LOG.info("seed " + SEED);
    Random random = new Random(SEED);
    Node node = start(0);
    Node spare = start(1);
    node.awaitReady();
    AtomicReference<Api> target = new AtomicReference<>(new Api(node.base()));
    Drivers drivers = Drivers.start(ledger, target::get, CLIENTS, SEED);
    try (Connection superuser = Stage.postgres().superuserConnection(database)) {
      drivers.pace(SLOW);
      for (int kill = 1; kill <= KILLS; kill++) {
        spare.awaitReady();
        drivers.pace(Duration.ZERO);
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_LOAD_MILLIS)).toNanos());
        node.kill();
        drivers.pace(SLOW);
        target.set(new Api(spare.base()));
        node = spare;
        if (kill < KILLS) {
          spare = start(kill + 1);
        }
      }
      drivers.stop();
      LOG.info(KILLS + " kills survived: " + ledger.figures());
      assertThat(ledger.figures().retried()).isGreaterThanOrEqualTo(KILLS);
      ledger.check(new Api(node.base()), superuser);
    } finally {
      drivers.stop();
      node.kill();
      spare.kill();
    }
  }

  private Node start(int number) {
    return Node.launch("crash-" + number % 2, Stage.settings(database));
  }
}
