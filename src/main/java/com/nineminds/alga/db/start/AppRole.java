package com.nineminds.alga.db.start;

import com.nineminds.alga.db.DatabaseSettings.Role;
import com.nineminds.alga.db.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prepares and proves the role that serves requests. The role may read and write rows, and nothing
 * else. It may delete only rows that the service deletes after some time. It may only append to the
 * audit log. Its rights are listed once, in {@code missing_grants.sql}.
 */
public final class AppRole {

  private static final Sql MISSING_GRANTS = Sql.file(AppRole.class, "missing_grants");
  private static final Sql MISSING_LIMITS = Sql.file(AppRole.class, "missing_limits");

  /** Finds and locks nothing. A server or a role that only reads refuses it. */
  private static final Sql WRITE =
      Sql.text("UPDATE rate_buckets SET expires_at = expires_at WHERE false");

  private static final Sql TURN =
      Sql.text("SELECT pg_advisory_xact_lock(hashtext('alga-license app role'))");

  private static final Sql END_SESSION = Sql.text("SELECT pg_terminate_backend(pg_backend_pid())");

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String UNDEFINED_ROLE = "42704";

  private final Role role;

  /** The role of {@code DB_USER_APP}. */
  public AppRole(Role role) {
    this.role = role;
  }

  /**
   * Grants what the role lacks, in a transaction of its own. If the admin role may not grant it,
   * nothing is granted, and {@link #prove} says what is missing.
   *
   * @param admin a connection of the admin role
   * @throws UnusableDatabase if the role does not exist
   */
  public void grant(Connection admin) throws SQLException {
    admin.setAutoCommit(false);
    try {
      query(admin, TURN);
      runAll(admin, missingGrants(admin, schema(admin)));
      admin.commit();
    } catch (SQLException e) {
      admin.rollback();
      if (UNDEFINED_ROLE.equals(e.getSQLState())) {
        throw new UnusableDatabase("The role of DB_USER_APP, %s, does not exist".formatted(role));
      }
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /**
   * Gives the sessions of the role their time limits. The limits are defaults of the role in this
   * database, because a pooler passes no options of a session on. A session that has no limits is
   * ended, so that no pooler uses it again. So the connection may be dead after this call.
   *
   * @param app a connection of this role
   */
  public void limitSessions(Connection app) throws SQLException {
    app.setAutoCommit(false);
    query(app, TURN);
    List<String> limits = query(app, MISSING_LIMITS);
    runAll(app, limits);
    app.commit();
    if (!limits.isEmpty()) {
      try {
        query(app, END_SESSION);
      } catch (SQLException e) {
        // the answer is the end of the session
      }
    }
  }

  /**
   * Tries what requests need, in a transaction that is rolled back.
   *
   * @param app a connection of this role
   * @param schema the schema of the tables
   * @throws UnusableDatabase if something is missing; the message names the grant
   */
  public void prove(Connection app, String schema) throws SQLException {
    app.setAutoCommit(false);
    try {
      List<String> missing = missingGrants(app, schema);
      if (!missing.isEmpty()) {
        throw new UnusableDatabase(
            "The role %s (DB_USER_APP) may not do what requests need. As the owner of the schema, run: %s"
                .formatted(role, String.join("; ", missing)));
      }
      query(app, WRITE);
    } catch (SQLException e) {
      throw new UnusableDatabase(
          "The role %s (DB_USER_APP) cannot do what requests need: %s"
              .formatted(role, StartConnections.firstLine(e)));
    } finally {
      app.rollback();
    }
  }

  /** The schema in which the admin role has the tables. */
  public static String schema(Connection admin) throws SQLException {
    return query(admin, Sql.text("SELECT current_schema()")).get(0);
  }

  private List<String> missingGrants(Connection connection, String schema) throws SQLException {
    return query(connection, MISSING_GRANTS, Map.of("role", role.user(), "schema", schema));
  }

  private static void runAll(Connection connection, List<String> statements) throws SQLException {
    try (Statement jdbc = connection.createStatement()) {
      for (String statement : statements) {
        jdbc.execute(statement);
      }
    }
  }

  private static List<String> query(Connection connection, Sql sql) throws SQLException {
    return query(connection, sql, Map.of());
  }

  /** The first column of all rows; empty for a statement without rows. */
  private static List<String> query(Connection connection, Sql sql, Map<String, String> values)
      throws SQLException {
    List<String> column = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql.jdbc())) {
      for (int i = 0; i < sql.names().size(); i++) {
        statement.setString(i + 1, values.get(sql.names().get(i)));
      }
      if (statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            column.add(rows.getString(1));
          }
        }
      }
    }
    return column;
  }
}
