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

/** Connections that begin a request, send a little of it now and then, and never its end. */
final class SlowSenders implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final List<Socket> sockets = new ArrayList<>();
  private final Map<Socket, String> answered = new HashMap<>();
  private final byte[] drop;
  private final Thread dripping = new Thread(this::drip, "slow senders");

  /**
   * Connects.
   *
   * @param drop what each sends every half second; empty for nothing
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

  /** How many are neither answered nor closed. */
  long waiting() {
    return answers().stream().filter("waiting"::equals).count();
  }

  /** The first line that each was answered; {@code waiting} or {@code closed} for none. */
  List<String> answers() {
    for (Socket socket : sockets) {
      answered.computeIfAbsent(socket, SlowSenders::answer);
    }
    return sockets.stream()
        .map(socket -> answered.getOrDefault(socket, "waiting"))
        .collect(Collectors.toList());
  }

  /** Null for none yet. */
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
      // it was answered, or cut off: that is looked at later
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
