package com.nineminds.alga.harness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a database as superuser, and makes the changes of an operator or of the clock. */
public record Sql(String database, Server server) {

  /** A database server. */
  @FunctionalInterface
  public interface Server {

    /** Opens a new connection to one of its databases, as superuser. */
    Connection connect(String database) throws SQLException;
  }

  /** A database of the shared server. */
  public Sql(String database) {
    this(database, name -> Stage.postgres().superuserConnection(name));
  }

  /** Runs a statement with parameters written as {@code ?}. Returns the number of changed rows. */
  public int update(String sql, Object... parameters) {
    try (Connection connection = server.connect(database);
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The first column of the only row. */
  public <T> T one(Class<T> type, String sql, Object... parameters) {
    List<T> all = all(type, sql, parameters);
    if (all.size() != 1) {
      throw new IllegalStateException(all.size() + " rows for " + sql);
    }
    return all.get(0);
  }

  /** The first column of every row. */
  public <T> List<T> all(Class<T> type, String sql, Object... parameters) {
    try (Connection connection = server.connect(database);
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getObject(1, type));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
