package com.nineminds.alga.operator.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests unchanged. An HTTP client would normalize them or refuse to send them. */
final class RawRequest {

  private RawRequest() {}

  /** Sends a request without a body. Returns the whole answer with its headers. */
  static String send(URI base, String method, String target, String... headers) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nContent-Length: 0\r\nConnection: close\r\n"
            .formatted(method, target, base);
    for (String header : headers) {
      head += header + "\r\n";
    }
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
