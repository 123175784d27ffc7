package com.nineminds.alga.http;

import com.nineminds.alga.http.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.HttpProblem.BodyTooSlow;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A request whose body was read before anybody asked for it, or whose body could not be: whoever
 * reads it then gets the reason, so that a route that does not read it answers as ever.
 */
public final class ReceivedRequest extends HttpServletRequestWrapper {

  /** How long a body may take to arrive, from its first byte to its last. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private Exception failure;

  /** Reads nothing yet. */
  public ReceivedRequest(HttpServletRequest request) {
    super(request);
    if (request.getContentLengthLong() > BodyReader.MAX_BYTES) {
      failure = new BodyTooLarge();
    }
  }

  /** Reads it on this thread. */
  public void read() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    byte[] some = new byte[4 * 1024];
    try {
      ServletInputStream in = getRequest().getInputStream();
      while (failure == null) {
        int count = in.read(some);
        if (count < 0) {
          return;
        }
        bytes.write(some, 0, count);
        if (bytes.size() > BodyReader.MAX_BYTES) {
          fail(new BodyTooLarge());
        } else if (System.nanoTime() > end) {
          fail(new BodyTooSlow());
        }
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Says why the rest will not be read; the first reason counts. */
  void fail(Exception reason) {
    if (failure == null) {
      // the server's own patience for one read ended
      failure = reason instanceof SocketTimeoutException ? new BodyTooSlow() : reason;
    }
  }

  /** Why its body is not there: {@link BodyTooSlow}, {@link BodyTooLarge}, or an IOException. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new Content(content());
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private byte[] content() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    return bytes.toByteArray();
  }

  /** What was read, once more. */
  private static final class Content extends ServletInputStream {
    private final ByteArrayInputStream content;

    Content(byte[] content) {
      this.content = new ByteArrayInputStream(content);
    }

    @Override
    public int read() {
      return content.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return content.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return content.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("all of it is here already");
    }
  }
}
