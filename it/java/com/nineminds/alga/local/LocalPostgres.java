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
 * A real PostgreSQL for the local run and the tests, with the two roles that the service uses. It
 * listens on localhost only and asks everybody for a password, the superuser too. It runs without
 * fsync: a crash of the machine may cost the data, a crash of a process does not.
 *
 * <p>Everything lies in one directory: binaries, data, passwords and {@code postgres.log}. Only one
 * instance at a time can use it.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The role that owns the databases and runs migrations; no superuser. */
  public static final String ADMIN = "alga_admin";

  /** The role that serves requests: it may log in, and has nothing that it was not granted. */
  public static final String APP = "alga_app";

  /** The database that is always there. */
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
   * Starts the server on this directory's data, and creates what is missing of roles, passwords and
   * database. A server that a killed JVM left behind is stopped first. It ends with the JVM at the
   * latest.
   *
   * @param port 0 for any free one
   * @throws IOException if the server does not start, or a running instance has the directory
   */
  public static LocalPostgres start(Path directory, int port) throws IOException, SQLException {
    return start(directory, port, true);
  }

  /** The same on any free port and with fsync: it is as slow as it is for customers. */
  public static LocalPostgres startDurable(Path directory) throws IOException, SQLException {
    return start(directory, 0, true, Map.of("fsync", "on", "synchronous_commit", "on"));
  }

  /** The same, but {@code stopWithJvm} false leaves it to the caller to stop it in time. */
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

  /** The password of {@link #ADMIN}: made at the first start, and kept. */
  public String adminPassword() {
    return SecretFiles.loadOrCreate(adminPasswordFile(), SecretFiles::randomToken);
  }

  /** The password of {@link #APP}: made at the first start, and kept. */
  public String appPassword() {
    return SecretFiles.loadOrCreate(appPasswordFile(), SecretFiles::randomToken);
  }

  /** Where the password of {@link #ADMIN} lies, readable by its owner only. */
  public Path adminPasswordFile() {
    return directory.resolve("admin-password");
  }

  /** Where the password of {@link #APP} lies, readable by its owner only. */
  public Path appPasswordFile() {
    return directory.resolve("app-password");
  }

  /** A new connection as {@code postgres}; the caller closes it. */
  public Connection superuserConnection(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  /**
   * Creates a database that {@link #ADMIN} owns, and in which nobody else may create anything, not
   * even temporary tables. One that exists keeps its content.
   *
   * @param name lower-case letters, digits and underscores
   */
  public void createDatabase(String name) throws SQLException {
    String database = identifier(name);
    if (!exists("SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      execute("CREATE DATABASE " + database + " OWNER " + ADMIN);
    }
    execute("REVOKE CREATE, TEMPORARY ON DATABASE " + database + " FROM PUBLIC");
  }

  /** Drops a database, if it exists, and ends the sessions that still use it. */
  public void dropDatabase(String name) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
  }

  /** Stops the server and ends its sessions; the data stays. */
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
