package com.nineminds.alga.harness;

import com.google.common.net.InetAddresses;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client at another address. All addresses of {@code 127.0.0.0/8} belong to this machine.
 *
 * @param address source address of the requests
 */
public record Elsewhere(URI base, String address) {

  /** Sends a POST, which must be answered with 200. The body has names and values in turn. */
  public JsonObject post(String path, Object... body) {
    byte[] json = Api.object(body).toString().getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST %s HTTP/1.1
        Host: %s
        Content-Type: application/json
        Content-Length: %d
        Connection: close

        """
            .formatted(path, base.getAuthority(), json.length)
            .replace("\n", "\r\n");
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            base.getPort(),
            InetAddresses.forString(address),
            0)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(json);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return content(answer.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject content(String answer) {
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      throw new AssertionError(answer);
    }
    String object = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
    try (JsonReader reader = Json.createReader(new StringReader(object))) {
      return reader.readObject();
    }
  }
}
