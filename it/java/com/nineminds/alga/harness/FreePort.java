package com.nineminds.alga.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** TCP ports of this machine that nothing listens on. */
public final class FreePort {

  private FreePort() {}

  /** A port that is free now. Another process can take it before the caller does. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
