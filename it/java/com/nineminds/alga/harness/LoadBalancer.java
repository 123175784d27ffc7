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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * HAProxy before three nodes, with the configuration in {@code operating.md}. Only the addresses
 * are different.
 */
public final class LoadBalancer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern CONFIGURATION =
      Pattern.compile("^```haproxy\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  private final int port = FreePort.any();
  private final int statisticsPort = FreePort.any();
  private Process process;

  /** Starts HAProxy. Returns when it sends requests to all nodes. */
  public void start(List<Node> nodes) {
    try {
      Path file = Files.createDirectories(Stage.DIRECTORY).resolve("haproxy.cfg");
      Files.writeString(file, configuration(nodes));
      process =
          new ProcessBuilder(program(), "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(Stage.DIRECTORY.resolve("haproxy.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAll();
  }

  /** The address for clients. It is known before the start. */
  public URI base() {
    return URI.create("http://localhost:" + port);
  }

  /** Returns when HAProxy sends requests to all nodes. */
  public void awaitAll() {
    Await.until(
        PATIENCE,
        () -> statistics().lines().filter(LoadBalancer::isNodeInUse).count() == 3,
        () -> "HAProxy does not use every node: " + statistics());
  }

  /** HAProxy's count of 5xx answers. It includes the answers of HAProxy itself. */
  public long serverErrors() {
    return statistics()
        .lines()
        .filter(line -> line.startsWith("alga,FRONTEND,"))
        .mapToLong(line -> Long.parseLong(line.split(",", -1)[43]))
        .sum();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static boolean isNodeInUse(String line) {
    return line.startsWith("nodes,node") && line.contains(",UP,");
  }

  private String statistics() {
    try {
      URI page = URI.create("http://localhost:" + statisticsPort + "/;csv");
      return HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String configuration(List<Node> nodes) throws IOException {
    Matcher shown =
        CONFIGURATION.matcher(Files.readString(Path.of("src/site/markdown/operating.md")));
    if (!shown.find()) {
      throw new IllegalStateException("operating.md shows no configuration of HAProxy");
    }
    String configuration = shown.group(1).replace("bind :80", "bind localhost:" + port);
    for (int i = 0; i < nodes.size(); i++) {
      configuration =
          configuration.replace(
              "10.0.0.%d:9080".formatted(i + 1), "localhost:" + nodes.get(i).base().getPort());
    }
    return configuration
        + """
        listen statistics
          bind localhost:%d
          stats enable
          stats uri /
        """
            .formatted(statisticsPort);
  }

  private static String program() {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("no HAProxy found (install it: apt-get install haproxy)"))
        .toString();
  }
}
