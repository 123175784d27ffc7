package com.nineminds.alga.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP/1.1 connection that stays open, for one request at a time. It does only what this service
 * needs, because the load shares its cores with the measured service. It is not thread-safe.
 */
public final class KeptAlive implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  /**
   * An answer.
   *
   * @param retryAfter seconds to wait; 0 if the service does not say
   */
  public record Answer(int status, int retryAfter, String body) {

    /** A string member of the object itself, without escapes; null if there is none. */
    public String text(String member) {
      String start = "\"" + member + "\":\"";
      int at = body.indexOf(start);
      return at < 0
          ? null
          : body.substring(at + start.length(), body.indexOf('"', at + start.length()));
    }
  }

  private final URI base;
  private final String headers;
  private final byte[] buffer = new byte[64 * 1024];
  private Socket socket;
  private InputStream in;
  private int filled;

  public KeptAlive(URI base) {
    this(base, "");
  }

  /**
   * A connection that sends more headers.
   *
   * @param headers headers with their line ends, as in {@code "X-Forwarded-For: 203.0.113.1\r\n"}
   */
  public KeptAlive(URI base, String headers) {
    this.base = base;
    this.headers = headers;
  }

  /** Sends a POST with a JSON text. A null secret sends no service secret. */
  public Answer post(String path, String json, String secret) throws IOException {
    return send("POST", path, json, secret);
  }

  /** Sends a GET. A null secret sends no service secret. */
  public Answer get(String path, String secret) throws IOException {
    return send("GET", path, null, secret);
  }

  /** Sends a POST with a JSON text. The second half of the text comes after the pause. */
  public Answer postSlowly(String path, String json, Duration pause) throws IOException {
    if (socket == null) {
      open();
    }
    byte[] request = request("POST", path, json, null).getBytes(StandardCharsets.UTF_8);
    int half = request.length - json.length() / 2;
    try {
      socket.getOutputStream().write(request, 0, half);
      LockSupport.parkNanos(pause.toNanos());
      socket.getOutputStream().write(request, half, request.length - half);
      return receive();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Answer send(String method, String path, String json, String secret) throws IOException {
    return send(request(method, path, json, secret).getBytes(StandardCharsets.UTF_8));
  }

  /** All bytes of a POST. {@link #send} can send them often without building them again. */
  public byte[] post(String path, String json) {
    return request("POST", path, json, null).getBytes(StandardCharsets.UTF_8);
  }

  /** Sends the bytes of a request. */
  public Answer send(byte[] request) throws IOException {
    if (socket == null) {
      open();
    }
    try {
      socket.getOutputStream().write(request);
      return receive();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private String request(String method, String path, String json, String secret) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(base.getAuthority()).append("\r\n").append(headers);
    if (secret != null) {
      head.append("Authorization: Bearer ").append(secret).append("\r\n");
    }
    if (json != null) {
      head.append("Content-Type: application/json\r\nContent-Length: ")
          .append(json.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n\r\n")
          .append(json);
    } else {
      head.append("\r\n");
    }
    return head.toString();
  }

  private void open() throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MILLIS);
    in = socket.getInputStream();
    filled = 0;
  }

  private Answer receive() throws IOException {
    int headEnd = -1;
    while (headEnd < 0) {
      more();
      headEnd = indexOfBlankLine();
    }
    String head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    String names = head.toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.substring(9, 12));
    consume(headEnd + 4);
    int length = number(names, "\r\ncontent-length:", -1);
    String body = length < 0 ? chunks(names) : exactly(length);
    if (names.contains("\r\nconnection: close")) {
      close();
    }
    return new Answer(status, number(names, "\r\nretry-after:", 0), body);
  }

  private String chunks(String names) throws IOException {
    if (!names.contains("\r\ntransfer-encoding: chunked")) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      body.append(exactly(size));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    while (true) {
      for (int i = 0; i + 1 < filled; i++) {
        if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
          String line = new String(buffer, 0, i, StandardCharsets.ISO_8859_1);
          consume(i + 2);
          return line;
        }
      }
      more();
    }
  }

  private String exactly(int length) throws IOException {
    StringBuilder text = new StringBuilder();
    int missing = length;
    while (missing > 0) {
      if (filled == 0) {
        more();
      }
      int part = Math.min(missing, filled);
      // a piece may end within a character, but the callers look only at ASCII
      text.append(new String(buffer, 0, part, StandardCharsets.UTF_8));
      consume(part);
      missing -= part;
    }
    return text.toString();
  }

  private void more() throws IOException {
    if (filled == buffer.length) {
      throw new IOException("an answer with a head of over " + filled + " bytes");
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      throw new EOFException("the connection was closed");
    }
    filled += read;
  }

  private void consume(int count) {
    System.arraycopy(buffer, count, buffer, 0, filled - count);
    filled -= count;
  }

  private int indexOfBlankLine() {
    for (int i = 0; i + 3 < filled; i++) {
      if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r') {
        return i;
      }
    }
    return -1;
  }

  private static int number(String names, String header, int byDefault) {
    int at = names.indexOf(header);
    if (at < 0) {
      return byDefault;
    }
    int end = names.indexOf('\r', at + 2);
    return Integer.parseInt(
        names.substring(at + header.length(), end < 0 ? names.length() : end).strip());
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // the socket is not used any more
    }
    socket = null;
  }
}
