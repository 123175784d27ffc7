package com.nineminds.alga.db;

import com.nineminds.alga.db.DatabaseSettings.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.ds.PGSimpleDataSource;

/** Migrates the schema to this release as the admin role, before anything else uses it. */
public final class Migrations {

  private static final Logger LOG = Logger.getLogger(Migrations.class.getName());
  private static final long RETRY_SECONDS = 1;

  private static final String OLD_DATABASE =
      ". A database from before the first release cannot be migrated. Start with an empty database"
          + " (delete .local/pg, and the local run creates a new one)";

  private final DatabaseSettings settings;
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

  /** Prepares the migrations. Does not connect to the database. */
  public Migrations(DatabaseSettings settings) {
    this.settings = settings;
    dataSource.setServerNames(settings.servers().stream().map(Server::host).toArray(String[]::new));
    dataSource.setPortNumbers(settings.servers().stream().mapToInt(Server::port).toArray());
    dataSource.setTargetServerType("primary");
    dataSource.setDatabaseName(settings.name());
    dataSource.setUser(settings.admin().user());
    dataSource.setPassword(settings.admin().password());
    dataSource.setApplicationName("alga-license migrations");
    dataSource.setConnectTimeout(5);
  }

  /**
   * Waits for the database without a time limit, and logs once that it waits. Returns a connection
   * of the admin role, which the caller must close.
   *
   * @throws UnusableDatabase if waiting cannot help, for example because of a wrong password or an
   *     unknown database
   */
  public Connection awaitDatabase() {
    for (boolean said = false; ; said = true) {
      try {
        return dataSource.getConnection();
      } catch (SQLException e) {
        if (!SqlStates.isAway(e)) {
          throw new UnusableDatabase(
              "The database %s at %s refuses the role %s: %s"
                  .formatted(settings.name(), settings.where(), settings.admin(), firstLine(e)));
        }
        if (!said) {
          LOG.warning(
              "The database at %s cannot be reached (%s); waiting for it"
                  .formatted(settings.where(), firstLine(e)));
        }
        pause();
      }
    }
  }

  /**
   * Runs the missing migrations. If nodes start together, each migration is run once, because
   * Flyway locks its table.
   *
   * @throws UnusableDatabase if the schema is newer than this release, or is not as its migrations
   *     created it
   */
  public void run() {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .ignoreMigrationPatterns(new String[0])
            .placeholders(Map.of("app_role", settings.app().user()));
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      throw new UnusableDatabase(
          "The schema of the database %s does not fit this release: %s"
              .formatted(settings.name(), reason(e)));
    }
  }

  /**
   * The message of the database. Without it, the first two lines of Flyway's message, because one
   * line says too little.
   */
  private static String reason(FlywayException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return firstLine(sql);
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

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(RETRY_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableDatabase("Interrupted while waiting for the database");
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }
}
