package com.nineminds.alga.operator.signin;

import com.nineminds.alga.http.request.ClientNetwork;
import com.nineminds.alga.http.request.Places;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hashes one password at a time, because each hash takes a core for a while. A few threads wait a
 * short time for their turn. One network cannot take all places to wait.
 */
final class HashingQueue {

  /** The longest wait. After it the user is told to try again. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Places waiting = new Places(10, 5);
  private final Semaphore turn = new Semaphore(1, true);

  /**
   * Runs the work in its turn. Returns false, without running it, if there is no place to wait or
   * the turn does not come in time.
   */
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
