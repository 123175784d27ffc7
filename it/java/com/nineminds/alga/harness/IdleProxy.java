package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * nginx or HAProxy before a node, with a listener and a pool of connections to the node for each
 * group of clients. So a group never uses the connections of another one.
 */
public final class IdleProxy implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Integer> ports;
  private final Process process;

  private IdleProxy(List<Integer> ports, Process process) {
    this.ports = ports;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    for (int port : ports) {
      Await.until(PATIENCE, () -> listens(port), () -> "no proxy on port " + port);
    }
  }

  /**
   * Starts nginx. It strips the prefix {@code /license}.
   *
   * @param idle how long it keeps an idle connection to the node
   */
  public static IdleProxy nginx(String name, int node, int groups, Duration idle) {
    List<Integer> ports = ports(groups);
    StringBuilder text = new StringBuilder();
    text.append("daemon off; worker_processes 1; pid nginx.pid; error_log error.log;\n");
    text.append("events { worker_connections 1024; }\nhttp {\n  access_log off;\n");
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      text.append("  %s_temp_path temp_%s;\n".formatted(kind, kind));
    }
    for (int port : ports) {
      text.append(
          """
            upstream node%1$d {
              server localhost:%2$d;
              keepalive 64;
              keepalive_timeout %3$dms;
            }
            server {
              listen localhost:%1$d;
              keepalive_timeout 60s;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              location / { proxy_pass http://node%1$d; }
              location /license/ { proxy_pass http://node%1$d/; }
            }
          """
              .formatted(port, node, idle.toMillis()));
    }
    Path home = home(name, text.append("}\n").toString(), "nginx.conf");
    return start(
        ports, home, program("nginx", "nginx-light"), "-p", home + "/", "-c", "nginx.conf");
  }

  /**
   * Starts HAProxy.
   *
   * @param idle how long it keeps an idle connection of a client
   * @param server what the line of the node says besides its address
   */
  public static IdleProxy haproxy(String name, int node, int groups, Duration idle, String server) {
    List<Integer> ports = ports(groups);
    StringBuilder text =
        new StringBuilder(
            """
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout http-keep-alive %dms
              timeout server 60s
              option forwardfor
              retries 3
              option redispatch 1
              retry-on conn-failure
            """
                .formatted(idle.toMillis()));
    for (int port : ports) {
      text.append(
          """
          listen alga%1$d
            bind localhost:%1$d
            server node localhost:%2$d %3$s
          """
              .formatted(port, node, server));
    }
    Path home = home(name, text.toString(), "haproxy.cfg");
    return start(ports, home, program("haproxy", "haproxy"), "-db", "-f", "haproxy.cfg");
  }

  /** The port for a group of clients, from 0 on. */
  public int port(int group) {
    return ports.get(group);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static List<Integer> ports(int count) {
    return IntStream.range(0, count).mapToObj(i -> FreePort.any()).toList();
  }

  private static Path home(String name, String configuration, String file) {
    try {
      Path home = Files.createDirectories(Stage.DIRECTORY.resolve(name));
      Files.writeString(home.resolve(file), configuration);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IdleProxy start(
      List<Integer> ports, Path home, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    try {
      return new IdleProxy(
          ports,
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String program(String name, String debianPackage) {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no %s found (install it: apt-get install %s)".formatted(name, debianPackage)))
        .toString();
  }
}
