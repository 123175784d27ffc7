package com.nineminds.alga.harness;

import com.nineminds.alga.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * PgBouncer before the database server of the tests, in its default configuration except for the
 * addresses, the passwords and the pool mode.
 */
public final class Pooler implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path home;
  private final int port = FreePort.any();
  private final Process process;

  private Pooler(String mode) {
    try {
      home = Files.createTempDirectory("alga-pooler-");
      Files.writeString(
          home.resolve("users"),
          "\"%s\" \"%s\"\n\"%s\" \"%s\"\n"
              .formatted(
                  LocalPostgres.APP,
                  Stage.postgres().appPassword(),
                  LocalPostgres.ADMIN,
                  Stage.postgres().adminPassword()));
      Path file =
          Files.writeString(
              home.resolve("pgbouncer.ini"),
              """
              [databases]
              * = host=127.0.0.1 port=%d
              [pgbouncer]
              listen_addr = 127.0.0.1
              listen_port = %d
              unix_socket_dir =
              auth_type = scram-sha-256
              auth_file = %s
              pool_mode = %s
              """
                  .formatted(Stage.postgres().port(), port, home.resolve("users"), mode));
      PostgresTool.give(home);
      process = PostgresTool.start(home, "pgbouncer", "-q", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * Starts it. Returns when it accepts connections.
   *
   * @param mode {@code session} or {@code transaction}
   */
  public static Pooler start(String mode) {
    Pooler pooler = new Pooler(mode);
    Await.until(PATIENCE, pooler::listens, () -> "PgBouncer does not listen: " + log());
    return pooler;
  }

  /** The settings of a node, changed to reach the database through this pooler. */
  public Map<String, String> before(Map<String, String> settings) {
    settings.put("DB_HOST", "127.0.0.1");
    settings.put("DB_PORT", Integer.toString(port));
    return settings;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroyForcibly();
    PostgresTool.remove(home);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String log() {
    try {
      return Files.readString(Stage.DIRECTORY.resolve("pgbouncer.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
