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
 * A PostgreSQL of the machine's own package, as one is run for customers: with fsync, on a
 * directory of its own, with the two roles that the service uses. It can be killed, have a standby,
 * be dumped and restored. It listens on localhost; nothing of it outlives {@link #close}, nor the
 * JVM.
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

  /** Whether this machine has PostgreSQL's programs, as Debian packages them. */
  public static boolean isPossible() {
    return PostgresTool.isInstalled("initdb");
  }

  /** A new one, started. */
  public static Cluster start() {
    Cluster cluster = new Cluster();
    cluster.init();
    cluster.startAgain();
    cluster.createRoles();
    return cluster;
  }

  /**
   * A new one, started, with a second disk of so many megabytes for {@link
   * #createDatabaseOnSecondDisk}. Only this server sees that disk, which ends with it.
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
   * A streaming standby of this one, started; from now on this one commits only what the standby
   * has on its disk. One at a time.
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

  /** Starts the server, also after a {@link #kill}; returns once it takes connections. */
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

  /** SIGKILL for the postmaster and all its children at once: what a dying machine is like. */
  public void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> Await.until(PATIENCE, () -> !process.isAlive(), process::toString));
  }

  /** SIGSTOP for all of it: it is there and says nothing any more, until {@link #resume}. */
  public void pause() {
    signal("-STOP");
  }

  /** Goes on after a {@link #pause}. */
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    PostgresTool.signal(signal, processes());
  }

  private List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  /** Makes the standby that this is a primary; returns once it takes writes. */
  public void promote() {
    PostgresTool.run(home, "pg_ctl", "--pgdata=" + data(), "--wait", "promote");
  }

  /** Creates a database that the admin role owns, and in which nobody else may create anything. */
  public void createDatabase(String name) {
    createDatabase(name, "pg_default");
  }

  /** The same, with all its tables on the second disk. */
  public void createDatabaseOnSecondDisk(String name) {
    createDatabase(name, "second");
  }

  /** Dumps a database as of this moment, in the custom format of {@code pg_dump}. */
  public Path dump(String database) {
    Path file = home.resolve(database + ".dump");
    PostgresTool.run(
        home, "pg_dump", "--format=custom", "--file=" + file, "--dbname=" + conninfo(database));
    return file;
  }

  /** Creates a database with what was dumped, of another cluster too. */
  public void restore(Path dump, String database) {
    createDatabase(database);
    PostgresTool.run(
        home, "pg_restore", "--exit-on-error", "--dbname=" + conninfo(database), dump.toString());
  }

  /** The TCP port on localhost. */
  public int port() {
    return port;
  }

  /** All settings that a node on that database needs; change them as a test needs it. */
  public Map<String, String> settings(String database) {
    return Stage.settings(port, database, PASSWORD, PASSWORD);
  }

  /** That database, as superuser. */
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

  /** Where the server writes its log. */
  public Path logFile() {
    return home.resolve("log");
  }

  /** What the server wrote to its log. */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it if it runs, and removes all that is left of it. */
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
