package com.nineminds.alga.db;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Work that costs less for many at once, done by the threads that ask for it: one at a time does it
 * for itself and for all who came while the one before was at it. Nobody waits for others to come,
 * so whoever is alone loses no time.
 *
 * @param <A> what one thread asks for, and what comes of it
 */
final class Together<A> {

  /** What a thread that waits is told. */
  enum Turn {
    DONE,
    YOURS
  }

  /** One who waits, and how it learns that its turn has come. */
  record Place<A>(A ask, CompletableFuture<Turn> turn) {}

  private final int most;
  private final Duration patience;
  private final Consumer<List<A>> work;
  private final Deque<Place<A>> waiting;
  private int working;

  /**
   * For at most that many at once.
   *
   * @param patience how long to wait for a turn: then whoever waits no longer takes it, so that one
   *     who is held up does not hold up all others
   * @param work must not throw: what goes wrong is part of what comes of each ask
   */
  Together(int most, Duration patience, Consumer<List<A>> work) {
    this(most, patience, work, new ArrayDeque<>());
  }

  /** The same with a queue of the caller's own, for tests of a queue that fails. */
  Together(int most, Duration patience, Consumer<List<A>> work, Deque<Place<A>> waiting) {
    this.most = most;
    this.patience = patience;
    this.work = work;
    this.waiting = waiting;
  }

  /** Returns when the work for it was done, by this thread or by another. */
  void ask(A ask) {
    Place<A> place = new Place<>(ask, new CompletableFuture<>());
    if (isFirst(place) || await(place) == Turn.YOURS) {
      workForAll(place);
    }
  }

  private synchronized boolean isFirst(Place<A> place) {
    if (working > 0) {
      waiting.add(place);
      return false;
    }
    working = 1;
    return true;
  }

  private Turn await(Place<A> place) {
    try {
      return place.turn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return takesTurn(place) ? Turn.YOURS : place.turn.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    }
  }

  /** False when it was just told, or when somebody works for it already. */
  private synchronized boolean takesTurn(Place<A> place) {
    boolean takes = waiting.remove(place);
    working += takes ? 1 : 0;
    return takes;
  }

  /**
   * Whatever fails here, also an {@link Error}: the turn is passed on, and everybody who was taken
   * out of the queue is told. The asks of those are then without an answer, which they notice.
   */
  private void workForAll(Place<A> first) {
    List<Place<A>> others = new ArrayList<>();
    try {
      takeOthers(others);
      work.accept(Stream.concat(Stream.of(first), others.stream()).map(Place::ask).toList());
    } finally {
      try {
        passOn();
      } finally {
        others.forEach(other -> other.turn.complete(Turn.DONE));
      }
    }
  }

  private synchronized void takeOthers(List<Place<A>> others) {
    while (others.size() < most - 1 && !waiting.isEmpty()) {
      others.add(waiting.poll());
    }
  }

  /** How many wait for a turn. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** One who was held up leaves it at that: others have taken the turn meanwhile. */
  private synchronized void passOn() {
    if (working > 1 || waiting.isEmpty()) {
      working--;
    } else {
      waiting.poll().turn.complete(Turn.YOURS);
    }
  }
}
