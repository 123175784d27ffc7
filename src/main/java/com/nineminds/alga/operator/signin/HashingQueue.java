package com.nineminds.alga.operator.signin;

import com.nineminds.alga.http.request.ClientNetwork;
import com.nineminds.alga.http.request.Places;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hashes one password at a time, since each takes a core for a while. A few wait for their turn,
 * for a short time; a network cannot take all places to wait.
 */
final class HashingQueue {

  /** How long somebody waits before they are told to come again. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Places waiting = new Places(10, 5);
  private final Semaphore turn = new Semaphore(1, true);

  /** Runs the work in its turn; false, and nothing done, when that does not come in time. */
  boolean run(ClientNetwork client, Runnable work) {
    Optional<Places.Place> place = waiting.take(client);
    if (place.isEmpty()) {
      return false;
    }
    try {
      if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      try {
        work.run();
        return true;
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      place.get().close();
    }
  }
}
