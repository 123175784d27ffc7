package com.nineminds.alga;

import com.nineminds.alga.code.CodeSettings;
import com.nineminds.alga.code.KeyCheck;
import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.Migrations;
import com.nineminds.alga.db.UnusableDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Prepares the service before its first request. It reads and checks every setting, waits for the
 * database and migrates it, and checks the code key against it. It warns if the server lacks
 * protections. Last, it gives the persistence unit its role.
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
    try {
      Settings settings = Wiring.settings();
      ServerSettings server = ServerSettings.read(settings);
      DatabaseSettings database = prepare(settings);
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

  private static DatabaseSettings prepare(Settings settings) {
    DatabaseSettings database = Wiring.database(settings);
    CodeSettings code = Wiring.code(settings);
    Wiring.guessing(settings);
    Wiring.http(settings);
    Wiring.drain(settings);
    Wiring.license(settings);
    Wiring.objectStore(settings);
    Wiring.appliance(settings);
    Wiring.operator(settings);
    Wiring.upkeep(settings);
    Migrations migrations = new Migrations(database);
    try (Connection admin = migrations.awaitDatabase()) {
      migrations.run();
      KeyCheck.verify(admin, code);
    } catch (SQLException e) {
      throw new UnusableDatabase("The database failed during the start: " + e.getMessage());
    }
    return database;
  }
}
