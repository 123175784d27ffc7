package com.nineminds.alga.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Connections that begin a request, send a little of it at intervals, and never end it. */
final class SlowSenders implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<Socket> sockets = new ArrayList<>();
  private final Map<Socket, String> answered = new HashMap<>();
  private final byte[] drop;
  private final Thread dripping = new Thread(this::drip, "slow senders");

  /**
   * Opens the connections.
   *
   * @param drop text that each connection sends every half second; empty for none
   */
  SlowSenders(URI base, int count, String beginning, String drop) {
    this.drop = drop.getBytes(StandardCharsets.US_ASCII);
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket(base.getHost(), base.getPort());
        sockets.add(socket);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dripping.setDaemon(true);
    dripping.start();
  }

  /** The number of connections that are open and have no answer. */
  long waiting() {
    return answers().stream().filter("waiting"::equals).count();
  }

  /** The first line of each answer; {@code waiting} or {@code closed} without an answer. */
  List<String> answers() {
    for (Socket socket : sockets) {
      answered.computeIfAbsent(socket, SlowSenders::answer);
    }
    return sockets.stream()
        .map(socket -> answered.getOrDefault(socket, "waiting"))
        .collect(Collectors.toList());
  }

  /** Returns null if there is no answer yet. */
  private static String answer(Socket socket) {
    try {
      socket.setSoTimeout(1);
      byte[] line = socket.getInputStream().readNBytes(12);
      return line.length == 0 ? "closed" : new String(line, StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException e) {
      return null;
    } catch (IOException e) {
      return "closed";
    }
  }

  private void drip() {
    while (drop.length > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      sockets.forEach(this::send);
    }
  }

  private void send(Socket socket) {
    try {
      socket.getOutputStream().write(drop);
    } catch (IOException e) {
      // the connection was answered or closed, and answers() finds that out later
    }
  }

  @Override
  public void close() {
    dripping.interrupt();
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
