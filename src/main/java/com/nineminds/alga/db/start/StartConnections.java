package com.nineminds.alga.db.start;

import com.nineminds.alga.db.DatabaseSettings;
import com.nineminds.alga.db.DatabaseSettings.Role;
import com.nineminds.alga.db.DatabaseSettings.Server;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlStates;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  private static final Sql READ_ONLY_ROLE =
      Sql.text(
          """
          SELECT FROM pg_settings
          WHERE name = 'default_transaction_read_only' AND setting = 'on'
            AND source IN ('user', 'database user') AND NOT pg_is_in_recovery()
          """);

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
        refusal(e, role).ifPresent(reason -> refuse(reason, role));
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
   * Why a server refuses the role, if one does, so that waiting does not help. With several servers
   * the driver gives only the failure of the last one. A role that only reads makes a primary look
   * like a standby, and a certificate for another host looks like a lost connection. So each server
   * is asked alone, whatever it is and whatever its name is.
   */
  private Optional<String> refusal(SQLException failure, Role role) {
    if (isRefusal(failure)) {
      return Optional.of(firstLine(failure));
    }
    for (Server server : settings.servers()) {
      try (Connection connection = unnamed(server, role).getConnection()) {
        if (isReadOnlyByItsRole(connection)) {
          return Optional.of("the role only reads by default (default_transaction_read_only)");
        }
        if (isNameWrong(server, role)) {
          return Optional.of("the certificate of %s is for another host".formatted(server));
        }
      } catch (SQLException e) {
        if (isRefusal(e)) {
          return Optional.of(firstLine(e));
        }
      }
    }
    return Optional.empty();
  }

  private PGSimpleDataSource unnamed(Server server, Role role) {
    PGSimpleDataSource dataSource = dataSource(List.of(server), role, "any");
    if (isNameVerified()) {
      dataSource.setSslMode("verify-ca");
    }
    return dataSource;
  }

  /** Asks a server that was just reached without a look at its name. */
  private boolean isNameWrong(Server server, Role role) {
    if (!isNameVerified()) {
      return false;
    }
    try {
      dataSource(List.of(server), role, "any").getConnection().close();
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private boolean isNameVerified() {
    return settings.tls().mode().equals("verify-full");
  }

  /** A server or a database may be read-only for some time, for example while a disk is full. */
  private static boolean isReadOnlyByItsRole(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(READ_ONLY_ROLE.jdbc())) {
      return found.next();
    }
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

  private void refuse(String reason, Role role) {
    throw new UnusableDatabase(
        "The database %s at %s refuses the role %s (%s): %s"
            .formatted(settings.name(), settings.where(), role, role.setting(), reason));
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
