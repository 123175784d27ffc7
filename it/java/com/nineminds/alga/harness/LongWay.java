package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * TCP connections to a server far away: whatever one side sends, also the end of a connection,
 * reaches the other side some time later.
 */
public final class LongWay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Duration delay;
  private final ScheduledExecutorService post = Executors.newSingleThreadScheduledExecutor();

  private interface Delivery {
    void run() throws IOException;
  }

  /** Listens on a port of its own. Connections lead to that port of this machine. */
  public LongWay(int target, Duration delay) {
    this.target = target;
    this.delay = delay;
    try {
      listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** The port on which it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        daemon(() -> pump(near, far));
        daemon(() -> pump(far, near));
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] piece = Arrays.copyOf(buffer, count);
        later(() -> to.getOutputStream().write(piece));
      }
    } catch (IOException e) {
      // the other side learns of the end below
    }
    later(to::close);
  }

  private void later(Delivery delivery) {
    var unused =
        post.schedule(
            () -> {
              try {
                delivery.run();
              } catch (IOException e) {
                // nobody is there any more
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "long way");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    post.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
