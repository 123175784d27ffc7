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
 * A request whose body is read before its route asks for it. If the body could not be read, the
 * route gets the exception when it reads the body. A route that reads no body never gets it.
 */
public final class ReceivedRequest extends HttpServletRequestWrapper {

  /** The time in which the whole body must arrive. It starts when this object is created. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private boolean ended;
  private Exception failure;
  private Content content;

  /** Reads nothing yet. A body with a declared length over 64 KiB has failed already. */
  public ReceivedRequest(HttpServletRequest request) {
    super(request);
    if (request.getContentLengthLong() > BodyReader.MAX_BYTES) {
      failure = new BodyTooLarge();
    }
    ended = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
  }

  /**
   * Reads on this thread until the body is complete or has failed. The thread waits at most for
   * {@link #PATIENCE} plus the server's timeout for one piece (server.xml).
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

  /**
   * Reads the part that has arrived. The thread waits for the first piece, but not for a second
   * one.
   */
  void readWhatArrived() {
    try {
      ServletInputStream in = getRequest().getInputStream();
      // available() is 0 until the first read
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

  /** Whether the body is complete or has failed, so that nothing more is read. */
  boolean isOver() {
    long length = getContentLengthLong();
    return failure != null || ended || (length >= 0 && bytes.size() >= length);
  }

  /** Records why the rest is not read. Only the first reason counts. */
  void fail(Exception reason) {
    if (failure == null) {
      // the server's timeout for one piece
      failure = reason instanceof SocketTimeoutException ? new BodyTooSlow() : reason;
    }
  }

  /**
   * Why the body could not be read: a {@link HttpProblem} or an IOException. Empty if nothing
   * failed.
   */
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

  /** The body as a stream. It releases the bytes at its end, long before the request ends. */
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
        throw new IllegalStateException(e); // a stream in memory does not fail
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the whole body was read already");
    }
  }
}
