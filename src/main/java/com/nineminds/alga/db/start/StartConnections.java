package com.nineminds.alga.db.start;

import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.DatabaseSettings.Role;
import com.nineminds.alga.db.DatabaseSettings.Server;
import com.nineminds.alga.db.SqlStates;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens the connections of the start. They use no named statements, so they also work behind a
 * pooler that gives each transaction another session.
 */
public final class StartConnections {

  private static final Logger LOG = Logger.getLogger(StartConnections.class.getName());

  /** The name of these sessions in {@code pg_stat_activity}. */
  static final String APPLICATION = "alga-license start";

  private static final long RETRY_SECONDS = 1;

  /** How many tries lie between two log lines about a database that is away. */
  private static final int TRIES_PER_LINE = 60;

  private final DatabaseSettings settings;

  /** Does not connect to the database. */
  public StartConnections(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Waits for the database without a time limit, and logs from time to time that it waits. Returns
   * a connection of this role, which the caller must close.
   *
   * @throws UnusableDatabase if waiting cannot help, for example because of a wrong password, an
   *     unknown database or a certificate that does not fit
   */
  public Connection await(Role role) {
    for (int tries = 0; ; tries++) {
      try {
        return dataSource(settings.servers(), role, "primary").getConnection();
      } catch (SQLException e) {
        refusal(e, role).ifPresent(refused -> refuse(refused, role));
        if (tries % TRIES_PER_LINE == 0) {
          LOG.warning(
              "The database at %s cannot be reached (%s); waiting for it"
                  .formatted(settings.where(), firstLine(e)));
        }
        pause(RETRY_SECONDS);
      }
    }
  }

  /** A source of connections of this role to the server that accepts writes. */
  DataSource of(Role role) {
    return dataSource(settings.servers(), role, "primary");
  }

  /**
   * The answer of a server that refuses the role, so that waiting does not help. With several
   * servers the driver gives only the failure of the last one. So each server is asked alone.
   */
  private Optional<SQLException> refusal(SQLException failure, Role role) {
    if (isRefusal(failure)) {
      return Optional.of(failure);
    }
    if (settings.servers().size() > 1) {
      for (Server server : settings.servers()) {
        try {
          dataSource(List.of(server), role, "any").getConnection().close();
        } catch (SQLException e) {
          if (isRefusal(e)) {
            return Optional.of(e);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A certificate that does not fit looks like a lost connection, except for its cause. */
  private static boolean isRefusal(SQLException failure) {
    if (!SqlStates.isAway(failure)) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException) {
        return true;
      }
    }
    return false;
  }

  private void refuse(SQLException refused, Role role) {
    throw new UnusableDatabase(
        "The database %s at %s refuses the role %s (%s): %s"
            .formatted(
                settings.name(), settings.where(), role, role.setting(), firstLine(refused)));
  }

  private PGSimpleDataSource dataSource(List<Server> servers, Role role, String kind) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(servers.stream().map(Server::host).toArray(String[]::new));
    dataSource.setPortNumbers(servers.stream().mapToInt(Server::port).toArray());
    dataSource.setTargetServerType(kind);
    dataSource.setDatabaseName(settings.name());
    dataSource.setUser(role.user());
    dataSource.setPassword(role.password());
    dataSource.setApplicationName(APPLICATION);
    dataSource.setConnectTimeout(5);
    dataSource.setPrepareThreshold(0);
    dataSource.setSslMode(settings.tls().mode());
    settings.tls().rootCert().ifPresent(dataSource::setSslRootCert);
    return dataSource;
  }

  static void pause(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableDatabase("Interrupted while waiting for the database");
    }
  }

  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }
}
