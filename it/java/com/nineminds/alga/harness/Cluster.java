package com.nineminds.alga.harness;

import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server from the package of this machine, as in production: with fsync, and with the
 * two roles of the service. It can be killed, have a standby, be dumped and be restored. It listens
 * on localhost. {@link #close} or the end of the JVM removes everything.
 */
public final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String USER = "postgres";
  private static final String PASSWORD = Stage.random(18).replaceAll("[+/=]", "x");

  private final Path home;
  private final int port;
  private ProcessHandle postmaster;

  private Cluster() {
    port = FreePort.any();
    try {
      home = Files.createTempDirectory("alga-cluster-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    PostgresTool.give(home);
  }

  /** Whether this machine has the programs of PostgreSQL, as Debian packages them. */
  public static boolean isPossible() {
    return PostgresTool.isInstalled("initdb");
  }

  /** Creates and starts a server. */
  public static Cluster start() {
    Cluster cluster = new Cluster();
    cluster.init();
    cluster.startAgain();
    cluster.createRoles();
    return cluster;
  }

  /**
   * Creates and starts a server with a second disk of that many megabytes, for {@link
   * #createDatabaseOnSecondDisk}. Only this server sees that disk.
   */
  public static Cluster startWithSecondDisk(int megabytes) {
    Cluster cluster = new Cluster();
    cluster.init();
    cluster.startWithin(
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            "mkdir disk; mount -t tmpfs -o size=%dm tmpfs disk; chown %s disk; exec \"$@\""
                .formatted(megabytes, USER),
            "sh"));
    cluster.createRoles();
    cluster.execute("CREATE TABLESPACE second LOCATION '" + cluster.home.resolve("disk") + "'");
    return cluster;
  }

  /**
   * Creates and starts a streaming standby of this server. From then on, this server commits only
   * data that the standby has on its disk. There can be only one standby at a time.
   */
  public Cluster standby() {
    Cluster standby = new Cluster();
    PostgresTool.run(
        standby.home,
        "pg_basebackup",
        "--checkpoint=fast",
        "--write-recovery-conf",
        "--pgdata=" + standby.data(),
        "--dbname=" + conninfo() + " application_name=standby");
    standby.startAgain();
    execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    execute("SELECT pg_reload_conf()");
    Await.until(
        PATIENCE,
        () ->
            sql(USER)
                .all(String.class, "SELECT sync_state FROM pg_stat_replication")
                .contains("sync"),
        () -> "the standby does not follow: " + standby.log());
    return standby;
  }

  /** Starts the server, also after a {@link #kill}. Returns when the server accepts connections. */
  public void startAgain() {
    startWithin(List.of());
  }

  private void startWithin(List<String> surroundings) {
    PostgresTool.runWithin(
        surroundings,
        home,
        "pg_ctl",
        "--pgdata=" + data(),
        "--log=" + home.resolve("log"),
        "--wait",
        "--options=-p " + port + " -c listen_addresses=localhost -c unix_socket_directories=",
        "start");
    try {
      String pid = Files.readAllLines(home.resolve("data").resolve("postmaster.pid")).get(0);
      postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGKILL to the postmaster and all its children at once, as if the machine died. */
  public void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> Await.until(PATIENCE, () -> !process.isAlive(), process::toString));
  }

  /** Sends SIGSTOP to all processes. The server does not answer until {@link #resume}. */
  public void pause() {
    signal("-STOP");
  }

  /** Continues after a {@link #pause}. */
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    PostgresTool.signal(signal, processes());
  }

  private List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  /** Promotes this standby to a primary. Returns when it accepts writes. */
  public void promote() {
    PostgresTool.run(home, "pg_ctl", "--pgdata=" + data(), "--wait", "promote");
  }

  /** Creates a database that the admin role owns. No other role may create anything in it. */
  public void createDatabase(String name) {
    createDatabase(name, "pg_default");
  }

  /** Does the same, with all tables on the second disk. */
  public void createDatabaseOnSecondDisk(String name) {
    createDatabase(name, "second");
  }

  /** Dumps a database as it is now, in the custom format of {@code pg_dump}. */
  public Path dump(String database) {
    Path file = home.resolve(database + ".dump");
    PostgresTool.run(
        home, "pg_dump", "--format=custom", "--file=" + file, "--dbname=" + conninfo(database));
    return file;
  }

  /** Creates a database from a dump, which may come from another cluster. */
  public void restore(Path dump, String database) {
    createDatabase(database);
    PostgresTool.run(
        home, "pg_restore", "--exit-on-error", "--dbname=" + conninfo(database), dump.toString());
  }

  /** The TCP port on localhost. */
  public int port() {
    return port;
  }

  /** All settings of a node on that database. A test may change them. */
  public Map<String, String> settings(String database) {
    return Stage.settings(port, database, PASSWORD, PASSWORD);
  }

  /** Access to that database as superuser. */
  public Sql sql(String database) {
    return new Sql(database, this::superuserConnection);
  }

  /** A new connection as superuser; the caller closes it. */
  public Connection superuserConnection(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
  }

  /** The password of the two roles. */
  public String password() {
    return PASSWORD;
  }

  /** The file of the server's log. */
  public Path logFile() {
    return home.resolve("log");
  }

  /** The text of the server's log. */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the server if it runs, and removes its files. */
  @Override
  public void close() {
    if (Files.exists(home)) {
      if (postmaster != null) {
        kill();
      }
      PostgresTool.remove(home);
    }
  }

  private void init() {
    Path password = home.resolve("password");
    try {
      Files.writeString(password, PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PostgresTool.run(
        home,
        "initdb",
        "--auth=scram-sha-256",
        "--username=" + USER,
        "--pwfile=" + password,
        "--locale=C.UTF-8",
        "--pgdata=" + data());
  }

  private void createRoles() {
    for (String role : List.of(LocalPostgres.ADMIN, LocalPostgres.APP)) {
      execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
    }
  }

  private void createDatabase(String name, String tablespace) {
    execute(
        "CREATE DATABASE %s OWNER %s TABLESPACE %s"
            .formatted(name, LocalPostgres.ADMIN, tablespace));
    execute("REVOKE CREATE, TEMPORARY ON DATABASE " + name + " FROM PUBLIC");
  }

  private void execute(String sql) {
    try (Connection connection = superuserConnection(USER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private String data() {
    return home.resolve("data").toString();
  }

  private String conninfo(String database) {
    return conninfo() + " dbname=" + database;
  }

  private String conninfo() {
    return "host=127.0.0.1 port=" + port + " user=" + USER + " password=" + PASSWORD;
  }
}
