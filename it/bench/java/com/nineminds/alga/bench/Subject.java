package com.nineminds.alga.bench;

import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.LocalPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service that is measured, and its database. */
final class Subject implements AutoCloseable {

  /** The server of the product in {@code target/liberty}, under the benchmark's own name. */
  private static final String SERVER = "bench";

  /** Connects to a database. */
  @FunctionalInterface
  private interface Place {
    Connection connect() throws SQLException;
  }

  private final URI base;
  private final String secret;
  private final Place database;
  private final ProcessHandle service;
  private final ProcessHandle postmaster;
  private final AutoCloseable running;

  private Subject(
      URI base, String secret, Place database, ProcessHandle service, AutoCloseable running)
      throws SQLException {
    this.base = base;
    this.secret = secret;
    this.database = database;
    this.service = service;
    this.postmaster = postmaster(database);
    this.running = running;
  }

  /** A service that already runs. The benchmark does not stop it. */
  static Subject given(Options options) throws SQLException {
    return new Subject(
        options.url(),
        options.secret(),
        () -> DriverManager.getConnection(options.jdbc()),
        ProcessHandle.of(options.pid()).filter(process -> options.pid() > 0).orElse(null),
        () -> {});
  }

  /** Starts a service in its production configuration, on an empty database of that name. */
  static Subject start(Postgres postgres, String name) throws SQLException {
    postgres.createDatabase(name);
    return startOn(postgres, name);
  }

  /** Starts a service on a database that exists. */
  static Subject startOn(Postgres postgres, String name) throws SQLException {
    Node node = Node.start("bench-" + name, SERVER, settings(postgres, name));
    return new Subject(
        node.base(),
        Stage.SERVICE_SECRET,
        () -> postgres.superuser(name),
        node.process().toHandle(),
        node);
  }

  private static Map<String, String> settings(Postgres postgres, String database) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("DB_HOST", "localhost");
    settings.put("DB_PORT", Integer.toString(postgres.port()));
    settings.put("DB_NAME", database);
    settings.put("DB_USER_APP", LocalPostgres.APP);
    settings.put("DB_PASSWORD_APP", postgres.password());
    settings.put("DB_USER_ADMIN", LocalPostgres.ADMIN);
    settings.put("DB_PASSWORD_ADMIN", postgres.adminPassword());
    settings.put("ALGA_LICENSE_SERVICE_SECRET", Stage.SERVICE_SECRET);
    settings.put("ALGA_LICENSE_PRIVATE_KEY", Stage.PRIVATE_KEY);
    settings.put("ALGA_LICENSE_KID", "bench-1");
    settings.put("CLAIM_CODE_KEY", Stage.CLAIM_CODE_KEY);
    settings.put("PUBLIC_BASE_URL", "https://license.example.test");
    // the service signs a link without any request to the object store
    settings.put("OBJECT_STORE_ENDPOINT", "https://objects.example.test");
    settings.put("OBJECT_STORE_BUCKET", "releases");
    settings.put("OBJECT_STORE_ACCESS_KEY", "bench");
    settings.put("OBJECT_STORE_SECRET_KEY", Stage.random(18));
    settings.put("CONSOLE_OPERATORS_FILE", Stage.operatorsFile().toString());
    settings.put("DRAIN_SECONDS", "0");
    // all losers of the race for one code have the same address
    settings.put("FAILED_REDEEMS_PER_DAY", "1000000");
    settings.put("FAILED_REDEEMS_PER_DAY_OF_ALL", "1000000");
    settings.put("JVM_ARGS", ""); // none but those of the product
    return settings;
  }

  /** The parent of the process that serves a session, if it is on this machine. */
  private static ProcessHandle postmaster(Place database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElse(null);
    }
  }

  URI base() {
    return base;
  }

  String secret() {
    return secret;
  }

  /** A new connection to its database as superuser; the caller closes it. */
  Connection connect() throws SQLException {
    return database.connect();
  }

  /** Runs statements in its database as superuser, each by itself. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The CPU time of the service and its database so far. */
  Usage usage() {
    return Usage.of(service, postmaster);
  }

  /** The resident memory of the service now; 0 if it is unknown. */
  long mebibytes() {
    return Usage.mebibytes(service, "VmRSS");
  }

  /** The greatest resident memory of the service so far. */
  long mostMebibytes() {
    return Usage.mebibytes(service, "VmHWM");
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
