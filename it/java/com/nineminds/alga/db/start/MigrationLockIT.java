package com.nineminds.alga.db.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A migration that waits for a lock does not stop the requests of other nodes for long. */
class MigrationLockIT {

  private static final Logger LOG = Logger.getLogger(Migrations.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Sql sql = new Sql(Stage.freshDatabase());

  @AfterEach
  void drop() throws SQLException {
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void migrationGivesUpSoonSaysWhoHoldsTheLockAndIsRunAgain() throws Exception {
    Lines lines = new Lines();
    LOG.addHandler(lines);
    try (Connection holder = Stage.postgres().superuserConnection(sql.database());
        Statement statement = holder.createStatement()) {
      migrate();
      // as before the newest migration
      sql.update("ALTER TABLE operator_sessions DROP COLUMN id_token");
      sql.update("DELETE FROM flyway_schema_history WHERE version = '13'");
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE operator_sessions");
      int pid =
          sql.one(
              Integer.class,
              "SELECT pid FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = 'operator_sessions'::regclass");
      CompletableFuture<Void> migration = CompletableFuture.runAsync(this::migrate);
      Await.until(PATIENCE, () -> !lines.all.isEmpty(), () -> "no line about the lock");
      assertThat(lines.all)
          .containsExactly(
              "A migration waits for a lock that session %d of the role postgres (PostgreSQL JDBC Driver) holds; trying again in 5 seconds"
                  .formatted(pid));
      assertThat(sql.all(Integer.class, "SELECT pid FROM pg_locks WHERE NOT granted")).isEmpty();
      assertThat(migration).isNotDone();
      holder.rollback();
      migration.join();
    } finally {
      LOG.removeHandler(lines);
    }
    assertThat(
            sql.all(
                Boolean.class, "SELECT success FROM flyway_schema_history WHERE version = '13'"))
        .containsExactly(true);
  }

  private void migrate() {
    DatabaseSettings settings =
        DatabaseSettings.read(
            new Settings(name -> Optional.ofNullable(Stage.settings(sql.database()).get(name))));
    new Migrations(settings, new StartConnections(settings)).run();
  }

  private static final class Lines extends Handler {

    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
