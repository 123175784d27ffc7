package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One server of the service: a process of its own, running the built WAR on the built configuration
 * ({@code target/liberty/wlp}, server {@code it}) with the settings that a test gives it.
 */
public final class Node implements AutoCloseable {

  private static final Path LIBERTY = Path.of("target", "liberty", "wlp").toAbsolutePath();
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  /** The JDK that runs the servers: {@code -Dalga.it.java.home}, else the one of this build. */
  private static final String JAVA_HOME =
      System.getProperty("alga.it.java.home", System.getProperty("java.home"));

  /** Few nodes live long enough for the better compiler; see {@link Stage#longLived}. */
  static final String QUICK = "-XX:TieredStopAtLevel=1 ";

  private final Launch launch;
  private final Process process;
  private final URI base;
  private final Path log;

  /** All that makes another process the same node. */
  private record Launch(String name, String server, Map<String, String> settings, int port) {}

  private Node(Launch launch, Process process, Path log) {
    this.launch = launch;
    this.process = process;
    this.base = URI.create("http://localhost:" + launch.port());
    this.log = log;
  }

  /**
   * Starts a node and waits until it is ready.
   *
   * @param name of its folder under {@code target/it}
   */
  public static Node start(String name, Map<String, String> settings) {
    return launch(name, settings).awaitReady();
  }

  /** Starts a node of another server than the product's, and waits until it is ready. */
  public static Node start(String name, String server, Map<String, String> settings) {
    return launch(name, server, settings).awaitReady();
  }

  /** Starts nodes with those settings at once, and waits until all are ready. */
  public static List<Node> startAll(Map<String, String> settings, String... names) {
    List<Node> nodes = Stream.of(names).map(name -> launch(name, settings)).toList();
    nodes.forEach(Node::awaitReady);
    return nodes;
  }

  /** Starts a node and does not wait for anything. */
  public static Node launch(String name, Map<String, String> settings) {
    return launch(name, "it", settings);
  }

  /** Where a server of that name has its configuration. */
  public static Path serverDirectory(String server) {
    return LIBERTY.resolve("usr").resolve("servers").resolve(server);
  }

  /** Starts one that has ended again, on the same port, and does not wait for anything. */
  public Node launchAgain() {
    return launch(launch);
  }

  /** Where a node of that name writes. */
  static Path home(String name) {
    return Stage.DIRECTORY.resolve("node-" + name);
  }

  /** Starts a node of another server than the product's, and does not wait for anything. */
  public static Node launch(String name, String server, Map<String, String> settings) {
    return launch(new Launch(name, server, settings, FreePort.any()));
  }

  private static Node launch(Launch launch) {
    try {
      WorkArea.give(launch.name(), launch.server());
      Path home = Files.createDirectories(home(launch.name()));
      Path log = home.resolve("console.log");
      ProcessBuilder builder =
          new ProcessBuilder(LIBERTY.resolve("bin/server").toString(), "run", launch.server())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(key -> key.matches("(DB|ALGA|CONSOLE|OBJECT_STORE|WLP)_.*"));
      environment.put("CONSOLE_BASE_URL", "http://localhost:" + launch.port());
      environment.put("JVM_ARGS", QUICK + WorkArea.JVM_OPTIONS);
      environment.putAll(launch.settings());
      environment.put("JAVA_HOME", JAVA_HOME);
      environment.put("WLP_OUTPUT_DIR", home.toString());
      environment.put("HTTP_PORT", Integer.toString(launch.port()));
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> killTree(process)));
      return new Node(launch, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns this node once {@code /health/ready} says 200; fails if it ends before, or takes long.
   */
  public Node awaitReady() {
    Await.until(
        START_PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("the server ended: " + console());
          }
          return healthStatus("ready") == 200;
        },
        () -> "not ready: " + console());
    return this;
  }

  /** The status of {@code /health/live} or {@code /health/ready}; 0 when nobody answers. */
  public int healthStatus(String kind) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(base.resolve("/health/" + kind))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What {@code /metrics} says. */
  public String metrics() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(base.resolve("/metrics"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI base() {
    return base;
  }

  public Process process() {
    return process;
  }

  /** All that it wrote to its console so far. */
  public String console() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends by itself; gives its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("still running: " + console());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL: what a crash is like. */
  public void kill() {
    killTree(process);
    awaitExit();
  }

  /** SIGTERM: what an orderly stop begins with. */
  public void terminate() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** SIGTERM, and waits for its end: what an orderly stop is like. */
  @Override
  public void close() {
    terminate();
    awaitExit();
  }

  /** Closes all of them at once. */
  public static void closeAll(Collection<Node> nodes) {
    nodes.forEach(Node::terminate);
    nodes.forEach(Node::awaitExit);
  }

  private static void killTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
