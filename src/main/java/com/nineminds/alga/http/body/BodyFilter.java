package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem.Busy;
import com.nineminds.alga.http.request.Places;
import com.nineminds.alga.http.request.Places.Place;
import com.nineminds.alga.http.request.Requests;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads the whole body of a request before a route begins, within {@link ReceivedRequest#PATIENCE}.
 *
 * <p>A short body that has arrived with its request is read on the request's thread. A body that is
 * slow or long needs one of {@link #ALL} places, of which one network gets {@link #OF_A_NETWORK};
 * without a place the answer is 503 {@code busy}. A slow body is read by a thread of its own, and
 * the request goes on afterwards on a thread of the server. So slow clients keep no thread of the
 * server, and the bodies that are in memory at the same time are bounded.
 *
 * <p>It does not use a ReadListener: in this server a timeout that meets its dispatch wrote answers
 * into the wrong connection. The asynchronous context has no timeout for the same reason.
 */
@WebFilter(
    value = "/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class BodyFilter extends HttpFilter {

  /** How many bodies at most are slow or long at the same time. */
  static final int ALL = 200;

  static final int OF_A_NETWORK = 50;

  private static final long serialVersionUID = 1;
  private static final String READ_LATER = BodyFilter.class.getName();

  private final transient Places places = new Places(ALL, OF_A_NETWORK);

  /** How many threads of the server may wait for the first piece of a body. */
  private final transient Semaphore firstPieces = new Semaphore(8);

  private final transient SlowBodies slowBodies = new SlowBodies();

  @Inject transient Requests requests;
  @Inject transient UnfilteredPaths unfiltered;

  /** A request whose body was read by another thread, and the place that it needed. */
  private record ReadLater(ReceivedRequest request, Place place) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(READ_LATER) instanceof ReadLater later) {
      try {
        chain.doFilter(later.request(), response);
      } finally {
        later.place().close();
      }
    } else if (!request.getMethod().equals("POST")
        || unfiltered.include(request.getServletPath())) {
      chain.doFilter(request, response);
    } else {
      receive(new ReceivedRequest(request), response, chain);
    }
  }

  private void receive(ReceivedRequest received, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isShort(received)) {
      readFirstPiece(received);
    }
    if (received.isOver()) {
      chain.doFilter(received, response);
      return;
    }
    Optional<Place> place = places.take(requests.client(received));
    if (place.isEmpty()) {
      received.fail(new Busy());
      chain.doFilter(received, response);
      return;
    }
    readLater(received, response, place.get());
  }

  private void readFirstPiece(ReceivedRequest received) {
    if (firstPieces.tryAcquire()) {
      try {
        received.readWhatArrived();
      } finally {
        firstPieces.release();
      }
    }
  }

  private void readLater(ReceivedRequest received, HttpServletResponse response, Place place) {
    received.setAttribute(READ_LATER, new ReadLater(received, place));
    AsyncContext later = received.startAsync(received, response);
    later.setTimeout(0);
    slowBodies.read(received, later, place);
  }

  private static boolean isShort(HttpServletRequest request) {
    return request.getContentLengthLong() >= 0
        && request.getContentLengthLong() <= BodyReader.SHORT;
  }

  @Override
  public void destroy() {
    slowBodies.end();
  }
}
