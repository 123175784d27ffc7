package com.nineminds.alga.bench;

import com.nineminds.alga.harness.Cluster;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server with fsync. It runs the programs of this machine if they exist, and the
 * embedded ones otherwise.
 *
 * @param password password of the app role
 * @param adminPassword password of the admin role
 */
record Postgres(
    int port,
    String password,
    String adminPassword,
    Path log,
    Sql.Server server,
    Creator creator,
    AutoCloseable running)
    implements AutoCloseable {

  /** Creates an empty database of that name. */
  @FunctionalInterface
  interface Creator {
    void create(String database) throws SQLException;
  }

  static Postgres start(Path directory) throws IOException, SQLException {
    if (Cluster.isPossible()) {
      Cluster cluster = Cluster.start();
      return new Postgres(
          cluster.port(),
          cluster.password(),
          cluster.password(),
          cluster.logFile(),
          cluster::superuserConnection,
          cluster::createDatabase,
          cluster);
    }
    LocalPostgres local = LocalPostgres.startDurable(directory);
    return new Postgres(
        local.port(),
        local.appPassword(),
        local.adminPassword(),
        directory.resolve("postgres.log"),
        local::superuserConnection,
        local::createDatabase,
        local);
  }

  /** Creates a new, empty database. Drops a database of that name first. */
  void createDatabase(String name) throws SQLException {
    execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    creator.create(name);
  }

  /** A new connection as superuser; the caller closes it. */
  Connection superuser(String database) throws SQLException {
    return server.connect(database);
  }

  /** A new connection as the role that serves requests; the caller closes it. */
  Connection app(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/" + database, LocalPostgres.APP, password);
  }

  /** Runs statements as superuser, each by itself. */
  void execute(String database, String... statements) throws SQLException {
    try (Connection connection = superuser(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Counts the rows of a table. */
  long count(String database, String table) throws SQLException {
    try (Connection connection = superuser(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Copies a database. Its clients lose their connections and have to connect again. */
  void copy(String from, String to) throws SQLException {
    execute(
        "postgres",
        "DROP DATABASE IF EXISTS " + to + " WITH (FORCE)",
        "ALTER DATABASE " + from + " WITH ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
            + from
            + "'",
        "CREATE DATABASE " + to + " TEMPLATE " + from,
        "ALTER DATABASE " + from + " WITH ALLOW_CONNECTIONS true");
  }

  @Override
  public void close() {
    try {
      running.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
