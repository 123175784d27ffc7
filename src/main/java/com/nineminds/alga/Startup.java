package com.nineminds.alga;

import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.code.KeyCheck;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.start.AppRole;
import com.nineminds.alga.db.start.Migrations;
import com.nineminds.alga.db.start.StartConnections;
import com.nineminds.alga.db.start.UnusableDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Prepares the service before its first request. It reads and checks every setting, waits for the
 * database and migrates it, proves that the app role can serve requests, and checks the code key
 * against the database. It warns if the server lacks protections. Last, it gives the persistence
 * unit its role.
 *
 * <p>It is a Hibernate hook because the server builds the persistence unit before any CDI or
 * servlet hook runs. A start that cannot succeed logs the reason in one line. If {@code
 * alga.exit.on.failed.start} is set (in our jvm.options), it then ends the process with exit code
 * 78 (EX_CONFIG), so that a supervisor sees the failure.
 */
public final class Startup implements ServiceContributor {

  private static final Logger LOG = Logger.getLogger(Startup.class.getName());
  private static final int EX_CONFIG = 78;

  @Override
  public void contribute(StandardServiceRegistryBuilder registry) {
    // The driver gives the zone of this process to each session of the database. The database may
    // not know the zone of the machine.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      Settings settings = Wiring.settings();
      ServerSettings server = ServerSettings.read(settings);
      DatabaseSettings database = prepare(settings, server);
      server.warning().ifPresent(LOG::warning);
      registry.applySettings(
          Map.of(
              JdbcSettings.JAKARTA_JDBC_USER, database.app().user(),
              JdbcSettings.JAKARTA_JDBC_PASSWORD, database.app().password()));
    } catch (IllegalSetting | UnusableDatabase e) {
      LOG.log(Level.SEVERE, "Alga License cannot start: " + e.getMessage());
      if (Boolean.getBoolean("alga.exit.on.failed.start")) {
        Runtime.getRuntime().halt(EX_CONFIG);
      }
      throw e;
    }
  }

  private static DatabaseSettings prepare(Settings settings, ServerSettings server) {
    DatabaseSettings database = Wiring.database(settings);
    server.compare(database);
    CodeSettings code = Wiring.code(settings);
    Wiring.guessing(settings);
    Wiring.http(settings);
    Wiring.drain(settings);
    Wiring.license(settings);
    Wiring.objectStore(settings);
    Wiring.appliance(settings);
    Wiring.operator(settings);
    Wiring.upkeep(settings);
    prepare(database, code);
    return database;
  }

  private static void prepare(DatabaseSettings database, CodeSettings code) {
    StartConnections connections = new StartConnections(database);
    AppRole appRole = new AppRole(database.app());
    try {
      String schema;
      try (Connection admin = connections.await(database.admin())) {
        new Migrations(database, connections).run();
        appRole.grant(admin);
        KeyCheck.verify(admin, code);
        schema = AppRole.schema(admin);
      }
      try (Connection app = connections.await(database.app())) {
        appRole.limitSessions(app);
      }
      try (Connection app = connections.await(database.app())) {
        appRole.prove(app, schema);
      }
    } catch (SQLException e) {
      throw new UnusableDatabase("The database failed during the start: " + e.getMessage());
    }
  }
}
