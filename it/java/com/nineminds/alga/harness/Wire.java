package com.nineminds.alga.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A TCP connection to PostgreSQL that can be cut and mended. */
public final class Wire implements AutoCloseable {

  private final int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private volatile String fatal;

  /** A connection that is cut at first. Nothing listens on its port. */
  public Wire(int target) {
    this.target = target;
    port = FreePort.any();
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }

  /** Starts to listen. */
  public void mend() {
    // the port of a closed socket may stay taken for a moment
    Await.until(Duration.ofSeconds(30), this::listens, () -> "port " + port + " stays taken");
    ServerSocket socket = listener;
    daemon(() -> accept(socket));
  }

  private boolean listens() {
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      closeQuietly(listener);
      return false;
    }
  }

  /** Ends every connection, and refuses new connections. */
  public void cut() {
    closeQuietly(listener);
    sockets.forEach(Wire::closeQuietly);
    sockets.clear();
  }

  /**
   * Drops the present connections as a firewall does: nothing passes any more, and nobody is told.
   * New connections work.
   */
  public void forgetConnections() {
    forgotten.addAll(sockets);
  }

  /**
   * Cuts the connection that sends this text next. The cut comes after the answer of the database
   * and before the sender gets it. The sender cannot know whether the statement was done.
   */
  public void cutAtTheAnswerTo(String text) {
    fatal = text;
  }

  @Override
  public void close() {
    cut();
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        AtomicBoolean over = new AtomicBoolean();
        daemon(
            () ->
                pump(
                    client,
                    server,
                    sent -> {
                      over.compareAndSet(false, isFatal(sent));
                      return false;
                    }));
        daemon(() -> pump(server, client, answered -> over.get()));
      }
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  private boolean isFatal(String sent) {
    boolean isFatal = fatal != null && sent.contains(fatal);
    if (isFatal) {
      fatal = null;
    }
    return isFatal;
  }

  private void pump(Socket from, Socket to, Predicate<String> isOver) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream bytes = from.getInputStream()) {
      int length = bytes.read(buffer);
      while (length >= 0 && !isOver.test(new String(buffer, 0, length, ISO_8859_1))) {
        if (!forgotten.contains(from)) {
          to.getOutputStream().write(buffer, 0, length);
        }
        length = bytes.read(buffer);
      }
    } catch (IOException e) {
      // both ends are closed below
    }
    closeQuietly(from);
    closeQuietly(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
