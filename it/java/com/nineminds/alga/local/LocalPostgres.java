package com.nineminds.alga.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A real PostgreSQL for the local run and the tests, with the two roles of the service. It listens
 * on localhost only. Every client needs a password, even the superuser. It runs without fsync: a
 * crash of the machine may lose data, but a crash of a process does not.
 *
 * <p>One directory has everything: binaries, data, passwords and {@code postgres.log}. Only one
 * instance at a time can use the directory.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The role that owns the databases and runs migrations. It is no superuser. */
  public static final String ADMIN = "alga_admin";

  /** The role that serves requests. It may log in, and has only the granted rights. */
  public static final String APP = "alga_app";

  /** The database that always exists. */
  public static final String DATABASE = "alga";

  private final Path directory;
  private final DirectoryLock lock;
  private final EmbeddedPostgres server;

  private LocalPostgres(Path directory, DirectoryLock lock, EmbeddedPostgres server) {
    this.directory = directory;
    this.lock = lock;
    this.server = server;
  }

  /**
   * Starts the server on the data of this directory, and creates missing roles, passwords and the
   * database. It first stops a server that a killed JVM left running. The server ends with the JVM,
   * if not earlier.
   *
   * @param port port on localhost; 0 for any free port
   * @throws IOException if the server does not start, or a running instance uses the directory
   */
  public static LocalPostgres start(Path directory, int port) throws IOException, SQLException {
    return start(directory, port, true);
  }

  /** Does the same, on any free port and with fsync, which makes it as slow as in production. */
  public static LocalPostgres startDurable(Path directory) throws IOException, SQLException {
    return start(directory, 0, true, Map.of("fsync", "on", "synchronous_commit", "on"));
  }

  /** Does the same. If {@code stopWithJvm} is false, the caller has to stop the server. */
  static LocalPostgres start(Path directory, int port, boolean stopWithJvm)
      throws IOException, SQLException {
    return start(directory, port, stopWithJvm, Map.of());
  }

  private static LocalPostgres start(
      Path directory, int port, boolean stopWithJvm, Map<String, String> settings)
      throws IOException, SQLException {
    Path home = SecretFiles.directory(directory.toAbsolutePath().normalize());
    DirectoryLock lock = DirectoryLock.take(home);
    LocalPostgres postgres;
    try {
      postgres = new LocalPostgres(home, lock, Postmaster.start(home, port, stopWithJvm, settings));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    try {
      postgres.createRole(ADMIN, postgres.adminPassword());
      postgres.createRole(APP, postgres.appPassword());
      postgres.createDatabase(DATABASE);
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
    return postgres;
  }

  /** The TCP port on localhost. */
  public int port() {
    return server.getPort();
  }

  /** A JDBC URL for one of the databases, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:" + port() + "/" + database;
  }

  /** The password of {@link #ADMIN}. The first start makes it, and later starts keep it. */
  public String adminPassword() {
    return SecretFiles.loadOrCreate(adminPasswordFile(), SecretFiles::randomToken);
  }

  /** The password of {@link #APP}. The first start makes it, and later starts keep it. */
  public String appPassword() {
    return SecretFiles.loadOrCreate(appPasswordFile(), SecretFiles::randomToken);
  }

  /** The file with the password of {@link #ADMIN}. Only its owner may read it. */
  public Path adminPasswordFile() {
    return directory.resolve("admin-password");
  }

  /** The file with the password of {@link #APP}. Only its owner may read it. */
  public Path appPasswordFile() {
    return directory.resolve("app-password");
  }

  /** A new connection as {@code postgres}; the caller closes it. */
  public Connection superuserConnection(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  /**
   * Creates a database that {@link #ADMIN} owns. No other role may create anything in it, not even
   * temporary tables. An existing database keeps its content.
   *
   * @param name name of lower-case letters, digits and underscores
   */
  public void createDatabase(String name) throws SQLException {
    String database = identifier(name);
    if (!exists("SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      execute("CREATE DATABASE " + database + " OWNER " + ADMIN);
    }
    execute("REVOKE CREATE, TEMPORARY ON DATABASE " + database + " FROM PUBLIC");
  }

  /** Drops a database if it exists, and ends the sessions that use it. */
  public void dropDatabase(String name) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
  }

  /** Stops the server and ends its sessions. The data stay. */
  @Override
  public void close() throws IOException {
    server.close();
    Postmaster.stop(directory); // the library gives up after five seconds
    lock.close();
  }

  private void createRole(String role, String password) throws SQLException {
    String verb = exists("SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
    // The passwords are base64url, so they need no escaping.
    execute(verb + " ROLE " + role + " LOGIN PASSWORD '" + password + "'");
  }

  private boolean exists(String query, String name) throws SQLException {
    try (Connection connection = superuserConnection("postgres");
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = superuserConnection("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String identifier(String name) {
    if (!name.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException("Not a plain database name: " + name);
    }
    return '"' + name + '"';
  }
}
