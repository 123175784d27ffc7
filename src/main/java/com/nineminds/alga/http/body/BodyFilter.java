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
 * Reads the whole body of a request before its route begins, within {@link
 * ReceivedRequest#PATIENCE}.
 *
 * <p>The request's thread reads a short body that has arrived with its request. A slow or long body
 * needs one of {@link #ALL} places, of which one network gets at most {@link #OF_A_NETWORK}. If no
 * place is free, the answer is 503 {@code busy}. A separate thread reads a slow body, and then the
 * request continues on a thread of the server. So slow clients hold no thread of the server, and
 * the number of bodies in memory is bounded.
 *
 * <p>The filter does not use a ReadListener. In this server, a timeout at the moment of its
 * dispatch wrote answers into the wrong connection. The asynchronous context has no timeout for the
 * same reason.
 */
@WebFilter(
    value = "/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class BodyFilter extends HttpFilter {

  /** The highest number of slow or long bodies at the same time. */
  static final int ALL = 200;

  /** How many of them one network can hold at the same time. */
  static final int OF_A_NETWORK = 50;

  private static final long serialVersionUID = 1;
  private static final String READ_LATER = BodyFilter.class.getName();

  private final transient Places places = new Places(ALL, OF_A_NETWORK);

  /** The threads of the server that may wait for the first piece of a body. */
  private final transient Semaphore firstPieces = new Semaphore(8);

  private final transient SlowBodies slowBodies = new SlowBodies();

  @Inject transient Requests requests;
  @Inject transient UnfilteredPaths unfiltered;

  /** A request whose body another thread has read, and the place that the body needed. */
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
