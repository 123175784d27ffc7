package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A client that repeats a request until it is answered. It repeats the request after a lost
 * connection and after a 503. It accepts any other answer below 500. Any other failure of the
 * server is a broken promise.
 */
final class Caller {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** A request. Every try is the same, except for the request's id. */
  record Request(String path, JsonObject body, Map<String, String> headers) {

    static Request appliance(String path, Object... body) {
      return new Request(path, Api.object(body), Map.of());
    }

    static Request service(String path, JsonObject body) {
      return new Request(path, body, Api.authorized());
    }

    Request withKey(String key) {
      Map<String, String> more = new HashMap<>(headers);
      more.put("Idempotency-Key", key);
      return new Request(path, body, more);
    }

    private Answer send(Api api, String requestId) {
      Map<String, String> identified = new HashMap<>(headers);
      identified.put("X-Request-Id", requestId);
      return api.send("POST", path, body.toString(), identified);
    }
  }

  /** The client was told to stop before it got an answer. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Ledger ledger;
  private final Supplier<Api> target;
  private final BooleanSupplier stopped;

  Caller(Ledger ledger, Supplier<Api> target, BooleanSupplier stopped) {
    this.ledger = ledger;
    this.target = target;
    this.stopped = stopped;
  }

  /**
   * Sends the request until it is answered.
   *
   * @param lost ids of earlier tries; this method adds the ids of tries that are lost now
   * @throws Stopped if the client was told to stop; the request may have been done or not
   */
  Told send(Request request, List<String> lost) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      String requestId = ledger.sent(!lost.isEmpty());
      try {
        Answer answer = request.send(target.get(), requestId);
        if (answer.status() < 500) {
          ledger.acknowledged();
          return new Told(answer, requestId, List.copyOf(lost));
        }
        requireHonest503(answer, requestId);
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof HttpTimeoutException) {
          ledger.violation(request.path() + " " + requestId + " hangs");
        }
      } catch (AssertionError e) {
        ledger.violation("not in the contract: " + e.getMessage());
      }
      lost.add(requestId);
      if (stopped.getAsBoolean()) {
        throw new Stopped();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new Told.Violation(request.path() + " is not answered: " + lost);
  }

  private void requireHonest503(Answer answer, String requestId) {
    boolean honest =
        answer.status() == 503
            && answer.header("Retry-After").filter(wait -> wait.matches("[1-9][0-9]*")).isPresent();
    if (!honest) {
      ledger.violation("no 503 that says when to come again: " + answer + " " + requestId);
    }
  }
}
