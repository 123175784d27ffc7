package com.nineminds.alga.db.start;

import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.SqlStates;
import java.sql.SQLException;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Migrates the schema to this release as the admin role, before anything else uses it. */
public final class Migrations {

  private static final Logger LOG = Logger.getLogger(Migrations.class.getName());

  private static final String OLD_DATABASE =
      ". A database from before the first release cannot be migrated. Start with an empty database"
          + " (delete .local/pg, and the local run creates a new one)";

  private static final long PAUSE_SECONDS = 5;

  private final DatabaseSettings settings;
  private final StartConnections connections;

  /** Prepares the migrations. Does not connect to the database. */
  public Migrations(DatabaseSettings settings, StartConnections connections) {
    this.settings = settings;
    this.connections = connections;
  }

  /**
   * Runs the missing migrations. If nodes start together, each migration is run once, because
   * Flyway locks its table. A migration that does not get a lock in 2 seconds is rolled back and
   * run again, so that it does not stop the nodes that serve requests.
   *
   * @throws UnusableDatabase if the schema is newer than this release, or is not as its migrations
   *     created it
   */
  public void run() {
    DataSource admin = connections.of(settings.admin());
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(admin)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            // the grants were a migration once
            .ignoreMigrationPatterns("repeatable:missing")
            // another node may build an index for a long time
            .lockRetryCount(-1);
    Flyway flyway = configuration.load();
    while (!isMigrated(flyway, admin)) {
      StartConnections.pause(PAUSE_SECONDS);
    }
  }

  private boolean isMigrated(Flyway flyway, DataSource admin) {
    try (LockWatch watch = LockWatch.begin(admin)) {
      try {
        flyway.migrate();
        return true;
      } catch (FlywayException e) {
        if (!SqlStates.isLockTimeout(e)) {
          throw new UnusableDatabase(
              "The schema of the database %s does not fit this release: %s"
                  .formatted(settings.name(), reason(e)));
        }
        LOG.warning(
            "A migration waits for a lock that %s holds; trying again in %d seconds"
                .formatted(watch.holders(), PAUSE_SECONDS));
        return false;
      }
    }
  }

  /**
   * The message of the database. Without it, the first two lines of Flyway's message, because one
   * line says too little.
   */
  private static String reason(FlywayException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return StartConnections.firstLine(sql);
      }
    }
    String said =
        String.valueOf(e.getMessage())
            .lines()
            .map(String::strip)
            .limit(2)
            .collect(Collectors.joining(": "));
    return e instanceof FlywayValidateException ? said + OLD_DATABASE : said;
  }
}
