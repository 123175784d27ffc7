package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem;
import com.nineminds.alga.http.problem.HttpProblem.BodyTooLarge;
import com.nineminds.alga.http.problem.HttpProblem.BodyTooSlow;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A request whose body is read before a route asks for it. When the body could not be read, the
 * route gets the reason as an exception once it reads; a route that reads no body never learns it.
 */
public final class ReceivedRequest extends HttpServletRequestWrapper {

  /** How long a body may take to arrive, from its first byte to its last. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private boolean ended;
  private Exception failure;
  private Content content;

  /** Reads nothing yet; a body that says that it is longer than 64 KiB has failed already. */
  public ReceivedRequest(HttpServletRequest request) {
    super(request);
    if (request.getContentLengthLong() > BodyReader.MAX_BYTES) {
      failure = new BodyTooLarge();
    }
    ended = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
  }

  /**
   * Reads on this thread until the body is complete, or until {@link #PATIENCE} is over. The thread
   * waits at most that long, and as long as the server waits for one piece (server.xml).
   */
  public void read() {
    try {
      ServletInputStream in = getRequest().getInputStream();
      while (!isOver()) {
        readPiece(in);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Reads what has arrived. The thread waits for the first piece, and not for a second one. */
  void readWhatArrived() {
    try {
      ServletInputStream in = getRequest().getInputStream();
      // the server says that nothing is available until something was read
      for (boolean more = !isOver(); more; more = !isOver() && in.available() > 0) {
        readPiece(in);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void readPiece(InputStream in) throws IOException {
    byte[] piece = new byte[4 * 1024];
    int count = in.read(piece);
    if (count < 0) {
      ended = true;
      return;
    }
    bytes.write(piece, 0, count);
    if (bytes.size() > BodyReader.MAX_BYTES) {
      fail(new BodyTooLarge());
    } else if (!isOver() && System.nanoTime() > deadlineNanos) {
      fail(new BodyTooSlow());
    }
  }

  /** Whether there is nothing more to read: the body is complete, or it failed. */
  boolean isOver() {
    long length = getContentLengthLong();
    return failure != null || ended || (length >= 0 && bytes.size() >= length);
  }

  /** Says why the rest is not read; the first reason counts. */
  void fail(Exception reason) {
    if (failure == null) {
      // the server's own patience for one piece ended
      failure = reason instanceof SocketTimeoutException ? new BodyTooSlow() : reason;
    }
  }

  /** Why the body is not there: a {@link HttpProblem}, or an IOException; empty when it is. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (content == null) {
      content = new Content(bytes.toByteArray());
      bytes.reset();
    }
    return content;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  /** The body as a stream. It lets go of the bytes at its end, long before the request ends. */
  private static final class Content extends ServletInputStream {

    private static final InputStream NOTHING = InputStream.nullInputStream();

    private InputStream rest;

    Content(byte[] content) {
      rest = new ByteArrayInputStream(content);
    }

    @Override
    public int read() throws IOException {
      int next = rest.read();
      letGoAtTheEnd(next);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = rest.read(into, offset, length);
      letGoAtTheEnd(count);
      return count;
    }

    private void letGoAtTheEnd(int result) {
      if (result < 0) {
        rest = NOTHING;
      }
    }

    @Override
    public int available() throws IOException {
      return rest.available();
    }

    @Override
    public boolean isFinished() {
      try {
        return rest.available() == 0;
      } catch (IOException e) {
        throw new IllegalStateException(e); // memory does not fail
      }
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
