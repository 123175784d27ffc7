package com.nineminds.alga.batching;

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
 * Groups calls: one thread at a time runs the calls of all that wait. The package description has
 * an example.
 *
 * @param <C> a call, which also holds its result
 */
public final class Batcher<C> {

  /** What a waiting thread is told. */
  enum Signal {
    /** Another thread has run your call. */
    DONE,
    /** Run your call, and the calls of all that wait. */
    YOUR_TURN
  }

  /** A call in the queue, and the signal that its thread waits for. */
  record Waiting<C>(C call, CompletableFuture<Signal> signal) {}

  private final int most;
  private final Duration patience;
  private final Consumer<List<C>> runBatch;
  private final Deque<Waiting<C>> queue;

  /**
   * How many threads run a batch now. There is more than one only after a thread left the queue.
   */
  private int running;

  /**
   * Creates a batcher.
   *
   * @param most calls in one batch
   * @param patience how long a call waits in the queue. After this time its thread runs it alone or
   *     with others that wait, so one slow batch delays nobody else.
   * @param runBatch runs the calls and stores each result in its call. It must not throw: a failure
   *     is a result too.
   */
  public Batcher(int most, Duration patience, Consumer<List<C>> runBatch) {
    this(most, patience, runBatch, new ArrayDeque<>());
  }

  /** For tests of a queue that fails. */
  Batcher(int most, Duration patience, Consumer<List<C>> runBatch, Deque<Waiting<C>> queue) {
    this.most = most;
    this.patience = patience;
    this.runBatch = runBatch;
    this.queue = queue;
  }

  /** Returns when the call was run, by this thread or by another one. */
  public void run(C call) {
    Waiting<C> waiting = new Waiting<>(call, new CompletableFuture<>());
    if (takeTurnOrQueue(waiting) || await(waiting) == Signal.YOUR_TURN) {
      runWithOthers(waiting);
    }
  }

  /** True when this thread may run its call now. Otherwise the call is in the queue. */
  private synchronized boolean takeTurnOrQueue(Waiting<C> waiting) {
    if (running > 0) {
      queue.add(waiting);
      return false;
    }
    running = 1;
    return true;
  }

  private Signal await(Waiting<C> waiting) {
    try {
      return waiting.signal.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return leaveQueue(waiting) ? Signal.YOUR_TURN : waiting.signal.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // the signal never completes with an exception
    }
  }

  /**
   * Takes the call out of the queue. False when it is not there any more, because a batch has taken
   * it or its thread was just signalled.
   */
  private synchronized boolean leaveQueue(Waiting<C> waiting) {
    boolean leaves = queue.remove(waiting);
    running += leaves ? 1 : 0;
    return leaves;
  }

  /**
   * Runs a batch. Then it passes the turn on and signals everybody who was taken from the queue,
   * even after an {@link Error}. A call that was not run has no result, and its thread notices
   * that.
   */
  private void runWithOthers(Waiting<C> first) {
    List<Waiting<C>> others = new ArrayList<>();
    try {
      takeOthers(others);
      runBatch.accept(Stream.concat(Stream.of(first), others.stream()).map(Waiting::call).toList());
    } finally {
      try {
        passTurn();
      } finally {
        others.forEach(other -> other.signal.complete(Signal.DONE));
      }
    }
  }

  private synchronized void takeOthers(List<Waiting<C>> others) {
    while (others.size() < most - 1 && !queue.isEmpty()) {
      others.add(queue.poll());
    }
  }

  /** How many calls are in the queue. */
  synchronized int waiting() {
    return queue.size();
  }

  /** Passes the turn on. If another thread runs a batch too, that thread has the turn. */
  private synchronized void passTurn() {
    if (running > 1 || queue.isEmpty()) {
      running--;
    } else {
      queue.poll().signal.complete(Signal.YOUR_TURN);
    }
  }
}
