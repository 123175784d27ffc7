package com.nineminds.alga.db;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Connections of the app role from the server's pool. */
@ApplicationScoped
public class Connections {

  /** A firewall may have dropped a connection that was idle for longer. It tells nobody. */
  private static final Duration TRUSTED_IDLE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** If one connection is dead, the pool drops all. So the second one is a new one. */
  private static final int TRIES = 3;

  @Inject DatabaseSettings settings;

  /** For calls inside a transaction. They share its connection. */
  @Resource(lookup = "jdbc/alga")
  DataSource shared;

  /**
   * For all other calls. Liberty keeps a shareable connection until the request ends. Sixteen
   * waiting requests would then exhaust the pool.
   */
  @Resource(lookup = "jdbc/alga", shareable = false)
  DataSource unshared;

  private volatile Boolean pooled;
  private volatile long lastAnswer = System.nanoTime() - TRUSTED_IDLE.toNanos();

  /**
   * Whether a pooler stands between this node and the database. Its next transaction may get
   * another session, so it must use no named statements. A pooler does not know the process id of
   * the session that it will use, and gives another number when a connection begins.
   */
  boolean isPooled(Connection connection) throws SQLException {
    Boolean known = pooled;
    if (known == null) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
        row.next();
        known = row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
      }
      pooled = known;
    }
    return known;
  }

  /** The connection of the current transaction. */
  Connection ofTransaction() throws SQLException {
    return get(shared);
  }

  /** A connection for one call outside of a transaction. */
  Connection ofCall() throws SQLException {
    checkAfterIdleness();
    return get(unshared);
  }

  /** The database has answered. */
  void answered() {
    lastAnswer = System.nanoTime();
  }

  /**
   * Tries a connection if the database has not answered this node for 5 seconds. A dead connection
   * is dropped, with all others. Call this before a transaction begins. The pool itself drops
   * connections that are idle for longer (server.xml), also while others are in use.
   */
  void checkAfterIdleness() {
    for (int tries = 0; tries < TRIES && isIdle(); tries++) {
      try (Connection connection = get(unshared)) {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
        try (Statement statement = connection.createStatement()) {
          statement.execute("SELECT 1");
        } finally {
          connection.setNetworkTimeout(Runnable::run, usual);
        }
        answered();
      } catch (SQLException e) {
        // The pool has dropped the connection. If the database is away, the call itself reports it.
      }
    }
  }

  private boolean isIdle() {
    return System.nanoTime() - lastAnswer > TRUSTED_IDLE.toNanos();
  }

  private Connection get(DataSource pool) throws SQLException {
    return pool.getConnection(settings.app().user(), settings.app().password());
  }
}
