package com.nineminds.alga.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Prints the addresses and the first steps at the terminal when the server answers. */
final class Announcement {

  /** The file in {@code .local/} that keeps the service secret. */
  static final String SERVICE_SECRET = "service-secret";

  private static final String SECRET_SETTING = "ALGA_LICENSE_SERVICE_SECRET";
  private static final int POLL_MILLIS = 250;
  private static final int ANSWER_MILLIS = 2000;
  private static final long PATIENCE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final String base;
  private final ServerEnvironment environment;
  private final Path local;
  private final ServerProcess server;
  private final long jvmStart = ManagementFactory.getRuntimeMXBean().getStartTime();

  Announcement(int port, ServerEnvironment environment, Path local, ServerProcess server) {
    this.base = "http://localhost:" + port;
    this.environment = environment;
    this.local = local;
    this.server = server;
  }

  /** Waits in the background, for up to ten minutes. */
  void printWhenReady() {
    Thread thread = new Thread(this::waitAndPrint, "local-announcement");
    thread.setDaemon(true);
    thread.start();
  }

  private void waitAndPrint() {
    boolean serverKnown = false;
    try {
      while (age() < PATIENCE_MILLIS) {
        serverKnown = serverKnown || server.remember();
        if (isReady()) {
          System.out.println(text());
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReady() {
    try {
      HttpURLConnection health =
          (HttpURLConnection) URI.create(base + "/health/ready").toURL().openConnection();
      health.setConnectTimeout(ANSWER_MILLIS);
      health.setReadTimeout(ANSWER_MILLIS);
      boolean ready = health.getResponseCode() == HttpURLConnection.HTTP_OK;
      health.disconnect();
      return ready;
    } catch (IOException e) {
      return false; // the server does not answer yet
    }
  }

  private long age() {
    return System.currentTimeMillis() - jvmStart;
  }

  private String text() {
    return """

      Alga License is ready after %d s.

        Service         %s
        OpenAPI         %2$s/openapi (%2$s/openapi/ui shows it)
        Service secret  %s
        Console         %s

      The main job in five steps, to copy and paste in this folder (sh it/tour.sh %2$s runs them all):

    %s
      Ctrl-C ends everything; .local/ keeps the data for the next time.
    """
        .formatted(
            age() / 1000,
            base,
            secretForPeople(),
            new ConsoleAccess(environment, local).forPeople(base),
            tour());
  }

  private String tour() {
    try {
      return new Tour(base, secretForShell()).lines(local.resolveSibling("it").resolve("tour.sh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String secretForPeople() {
    if (environment.isGiven(SECRET_SETTING)) {
      return "as " + SECRET_SETTING + " has it";
    }
    String secret = SecretFiles.loadOrCreate(local.resolve(SERVICE_SECRET), String::new);
    return secret + " (.local/" + SERVICE_SECRET + ")";
  }

  private String secretForShell() {
    if (environment.isSet(SECRET_SETTING)) {
      return "$" + SECRET_SETTING;
    }
    return environment.isGiven(SECRET_SETTING)
        ? "$(cat \"$" + SECRET_SETTING + "_FILE\")"
        : "$(cat .local/" + SERVICE_SECRET + ")";
  }
}
