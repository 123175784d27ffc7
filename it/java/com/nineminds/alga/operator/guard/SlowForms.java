package com.nineminds.alga.operator.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connections that send a sign-in form byte by byte. A connection that is answered or cut begins
 * again.
 */
final class SlowForms implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final URI base;
  private final List<String> addresses;
  private final Socket[] sockets;
  private final byte[] beginning;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch allBegan = new CountDownLatch(1);
  private final Thread sending = new Thread(this::send, "slow forms");

  /** Opens a connection from each of these addresses. Returns when all have begun. */
  SlowForms(URI base, List<String> addresses) throws InterruptedException {
    this.base = base;
    this.addresses = addresses;
    this.sockets = new Socket[addresses.size()];
    this.beginning =
        ("POST /admin/sign-in HTTP/1.1\r\nHost: x\r\nOrigin: "
                + base
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 60000\r\n\r\nname=")
            .getBytes(StandardCharsets.US_ASCII);
    sending.setDaemon(true);
    sending.start();
    if (!allBegan.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("they could not connect");
    }
  }

  private void send() {
    try {
      do {
        for (int i = 0; i < sockets.length; i++) {
          sendTo(i);
        }
        allBegan.countDown();
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendTo(int i) {
    try {
      if (sockets[i] == null) {
        sockets[i] =
            new Socket(
                InetAddress.getLoopbackAddress(),
                base.getPort(),
                InetAddress.getByName(addresses.get(i)),
                0);
        sockets[i].getOutputStream().write(beginning);
      } else if (sockets[i].getInputStream().available() > 0) {
        close(i);
      } else {
        sockets[i].getOutputStream().write('a');
      }
    } catch (IOException e) {
      close(i);
    }
  }

  private void close(int i) {
    try {
      if (sockets[i] != null) {
        sockets[i].close();
      }
    } catch (IOException e) {
      // the socket is not used any more
    }
    sockets[i] = null;
  }

  /** The number of connections that are neither answered nor cut, as far as they know. */
  long open() {
    return Arrays.stream(sockets).filter(Objects::nonNull).count();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      sending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = 0; i < sockets.length; i++) {
      close(i);
    }
  }
}
