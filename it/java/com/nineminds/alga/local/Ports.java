package com.nineminds.alga.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** TCP ports of this machine. */
final class Ports {

  private Ports() {}

  /** Whether a server could listen on this port, on all addresses. */
  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as servers do; closing connections then do not matter
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The port in the file if it is free. Otherwise another free port, which the file then keeps. */
  static int remembered(Path file) throws IOException {
    if (Files.exists(file)) {
      int port = Integer.parseInt(Files.readString(file));
      if (free(port)) {
        return port;
      }
    }
    try (ServerSocket any = new ServerSocket(0)) {
      Files.writeString(file, Integer.toString(any.getLocalPort()));
      return any.getLocalPort();
    }
  }
}
