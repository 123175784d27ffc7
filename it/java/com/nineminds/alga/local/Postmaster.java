package com.nineminds.alga.local;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.io.FileUtils;

/**
 * The PostgreSQL process of one directory. It survives the kill of a JVM, because {@code pg_ctl}
 * starts it in its own session. For the same reason, Ctrl-C at a terminal does not reach it.
 */
final class Postmaster {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final int STOP_PATIENCE_SECONDS = 10;
  private static final int LOG_EXCERPT = 400;

  // java.util.logging forgets the level of a logger without references, so this class keeps one.
  private static final Logger LIBRARY = Logger.getLogger("io.zonky.test.db.postgres");

  private Postmaster() {}

  /**
   * Starts the server of this directory. It first stops the server that a killed JVM may have left.
   * Throws {@link CannotStart} where the embedded PostgreSQL cannot run.
   *
   * @param settings further settings, besides those of the library and of this class
   */
  static EmbeddedPostgres start(
      Path directory, int port, boolean stopWithJvm, Map<String, String> settings)
      throws IOException {
    LIBRARY.setLevel(Level.WARNING);
    Machine.here().mustRunPostgres();
    stop(directory);
    Path data = directory.resolve("data");
    if (Files.notExists(completeMark(directory))) {
      // A start that was killed during initdb leaves data that no server accepts.
      FileUtils.deleteDirectory(data.toFile());
    }
    Path log = directory.resolve("postgres.log");
    Files.deleteIfExists(log);
    Path passwordFile = directory.resolve("superuser-password");
    String password = SecretFiles.loadOrCreate(passwordFile, SecretFiles::randomToken);
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    settings.forEach(builder::setServerConfig);
    EmbeddedPostgres server;
    try {
      server =
          builder
              .setPgBinaryResolver(Postmaster::binaries)
              .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(stopWithJvm)
              .setPort(port)
              .setPGStartupWait(START_PATIENCE)
              .setOutputRedirector(Redirect.appendTo(log.toFile()))
              .setConnectConfig("password", password)
              .setServerConfig("listen_addresses", "localhost")
              .setServerConfig("unix_socket_directories", "")
              // "Locale" settings go to initdb unchanged. These two make it ask every client for a
              // password. The library alone would trust every local process.
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", passwordFile.toString())
              // These settings make sorting and case the same on every machine.
              .setLocaleConfig("locale", "C")
              .setLocaleConfig("locale-provider", "builtin")
              .setLocaleConfig("builtin-locale", "C.UTF-8")
              .start();
    } catch (CannotStart e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new IOException("PostgreSQL does not start: " + end(log) + " (" + log + ")", e);
    }
    Files.writeString(completeMark(directory), "");
    return server;
  }

  /** Stops the server of this directory if it runs. Returns when the process has ended. */
  static void stop(Path directory) throws IOException {
    Path pidFile = directory.resolve("data/postmaster.pid");
    Optional<ProcessHandle> process = process(pidFile);
    if (process.isEmpty()) {
      return;
    }
    if (process.get().info().command().filter(command -> !isPostgres(command)).isPresent()) {
      // After a reboot or in a new container, another process may have the number now. PostgreSQL
      // refuses to start as long as the file names a running process.
      Files.deleteIfExists(pidFile);
      return;
    }
    // INT ends the open sessions. Java can only send TERM, and PostgreSQL would then wait for the
    // sessions. QUIT ends PostgreSQL at once, and the next start recovers.
    for (String signal : List.of("INT", "QUIT")) {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.get().pid()).start();
      if (ends(process.get())) {
        return;
      }
    }
    throw new IOException("PostgreSQL (process " + process.get().pid() + ") does not stop");
  }

  /** Finds the binaries that a profile of {@code pom.xml} adds for this machine. */
  static InputStream binaries(String system, String processor) throws IOException {
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, processor);
    } catch (IllegalStateException e) {
      throw Machine.noPostgresFor(system + " on " + processor);
    }
  }

  private static String end(Path log) throws IOException {
    String text = Files.exists(log) ? Files.readString(log).strip() : "";
    return text.substring(Math.max(0, text.length() - LOG_EXCERPT)).replace('\n', ' ');
  }

  private static Path completeMark(Path directory) {
    return directory.resolve("initialized");
  }

  private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    return lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0)));
  }

  private static boolean isPostgres(String command) {
    return Path.of(command).getFileName().toString().startsWith("postgres");
  }

  private static boolean ends(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL stops", e);
    }
  }
}
