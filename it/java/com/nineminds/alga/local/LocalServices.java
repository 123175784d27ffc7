package com.nineminds.alga.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts everything that the server of a local run needs, and writes its settings. The user's
 * environment takes precedence. With {@code DB_HOST} it starts no PostgreSQL, and with {@code
 * OBJECT_STORE_ENDPOINT} no store. It generates no secret that the user has set.
 */
public final class LocalServices implements Callable<Void> {

  /** Settings of Liberty itself, for a person at a terminal. */
  private static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "WLP_LOGGING_CONSOLE_FORMAT", "SIMPLE",
          // as in src/main/liberty/config/server.env, which the written file replaces
          "MALLOC_ARENA_MAX", "2",
          "KEEP_ALIVE_SECONDS", "75");

  /** The server takes an empty variable as it is, so it gets the default of our settings. */
  private static final Map<String, String> EMPTY_IS_NONE =
      Map.of("DB_PORT", "5432", "DB_NAME", "alga", "DB_SSLMODE", "prefer");

  private static final List<String> DATABASE_DETAILS =
      List.of(
          "DB_PORT",
          "DB_NAME",
          "DB_USER_APP",
          "DB_PASSWORD_APP",
          "DB_USER_ADMIN",
          "DB_PASSWORD_ADMIN");
  private static final List<String> STORE_DETAILS =
      List.of("OBJECT_STORE_BUCKET", "OBJECT_STORE_ACCESS_KEY", "OBJECT_STORE_SECRET_KEY");
  private static final String BUCKET = "alga-appliance";

  private final Path local;
  private final Path database;
  private final ServerProcess server;
  private final ServerEnvironment environment = new ServerEnvironment(System.getenv());

  /**
   * @param base folder of the project
   */
  public LocalServices(Path base) {
    this.local = base.resolve(".local");
    this.database = local.resolve("pg");
    this.server = new ServerProcess(local.resolve("server-process"));
  }

  /** Returns when everything is there. The services run until the JVM ends. */
  @Override
  public Void call() throws IOException, SQLException, InterruptedException {
    SecretFiles.directory(local);
    lock();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "local-stop"));
    server.stopRemembered();
    boolean ownDatabase = environment.isUsersOwn("DB_HOST", DATABASE_DETAILS);
    if (!ownDatabase) {
      Machine.here().mustRunPostgres();
    }
    int port = httpPort();
    boolean ownStore = environment.isUsersOwn("OBJECT_STORE_ENDPOINT", STORE_DETAILS);
    FutureTask<Void> store =
        new FutureTask<>(
            () -> {
              if (!ownStore) {
                startStore();
              }
              return null;
            });
    new Thread(store, "local-object-store").start(); // both take a second or two
    EMPTY_IS_NONE.forEach(environment::add);
    if (!ownDatabase) {
      startDatabase();
    }
    await(store);
    addSecrets();
    environment.add("HTTP_PORT", port);
    environment.add("PUBLIC_BASE_URL", "http://localhost:" + port);
    environment.add("DRAIN_SECONDS", 0); // no load balancer has to notice the drain
    new ConsoleAccess(environment, local).addTo("http://localhost:" + port);
    SERVER_SETTINGS.forEach(environment::add);
    environment.write(local.resolve("server.env"));
    SecretFiles.directory(local.resolve("tour"));
    new Announcement(port, environment, local, server).printWhenReady();
    return null;
  }

  /** Stops PostgreSQL after the server, because the last requests still need it. */
  private void stop() {
    try {
      server.awaitEnd();
      Postmaster.stop(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the lock for the life of this JVM. */
  private void lock() {
    try {
      DirectoryLock.take(local);
    } catch (IOException e) {
      throw new CannotStart(
          "Alga License is running from this folder already: end that mvn first.");
    }
  }

  private int httpPort() {
    String value = environment.value("HTTP_PORT", "9080");
    if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 65535) {
      throw new CannotStart("HTTP_PORT is no port: " + value);
    }
    int port = Integer.parseInt(value);
    if (!Ports.free(port)) {
      throw new CannotStart(
          "Port " + port + " is in use: end what listens there, or run HTTP_PORT=9081 mvn.");
    }
    return port;
  }

  private void startDatabase() throws IOException, SQLException {
    Postmaster.stop(database); // the server of a killed run still holds the port
    int port = Ports.remembered(local.resolve("pg-port"));
    LocalPostgres postgres = LocalPostgres.start(database, port, false);
    environment.add("DB_HOST", "localhost");
    environment.add("DB_PORT", postgres.port());
    environment.add("DB_NAME", LocalPostgres.DATABASE);
    environment.add("DB_USER_APP", LocalPostgres.APP);
    environment.add("DB_PASSWORD_APP_FILE", postgres.appPasswordFile());
    environment.add("DB_USER_ADMIN", LocalPostgres.ADMIN);
    environment.add("DB_PASSWORD_ADMIN_FILE", postgres.adminPasswordFile());
  }

  private void startStore() throws IOException {
    int port = Ports.remembered(local.resolve("objects-port"));
    Path secretFile = local.resolve("objects-secret-key");
    String accessKey = "local";
    String secretKey = SecretFiles.loadOrCreate(secretFile, SecretFiles::randomToken);
    LocalObjectStore store =
        LocalObjectStore.start(local.resolve("objects"), port, accessKey, secretKey, BUCKET);
    store.offerDemoIso(environment.value("APPLIANCE_ISO_KEY", LocalObjectStore.ISO_KEY));
    environment.add("OBJECT_STORE_ENDPOINT", store.endpoint());
    environment.add("OBJECT_STORE_BUCKET", BUCKET);
    environment.add("OBJECT_STORE_ACCESS_KEY", accessKey);
    environment.add("OBJECT_STORE_SECRET_KEY_FILE", secretFile);
  }

  private void addSecrets() {
    environment.addSecret(
        "ALGA_LICENSE_SERVICE_SECRET",
        local.resolve(Announcement.SERVICE_SECRET),
        SecretFiles::randomToken);
    environment.addSecret(
        "ALGA_LICENSE_PRIVATE_KEY",
        local.resolve("license-private-key.pem"),
        SecretFiles::randomPrivateKey);
    environment.add("ALGA_LICENSE_KID", "local");
    environment.addSecret(
        "CLAIM_CODE_KEY", local.resolve("claim-code-key"), SecretFiles::randomBase64);
  }

  private static void await(FutureTask<Void> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The object store does not start", e.getCause());
    }
  }
}
