package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Threads that live the lives of customers until they are stopped: register, pay, redeem, check in,
 * re-issue, redeem again, each by itself and many customers in turn. A request that is not answered
 * is sent again as it was.
 */
public final class Drivers {

  /** So many customers of each thread are amid their lives at a time. */
  private static final int LIVES = 12;

  private final Ledger ledger;
  private final Supplier<Api> target;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private volatile Duration pause = Duration.ZERO;

  private Drivers(Ledger ledger, Supplier<Api> target) {
    this.ledger = ledger;
    this.target = target;
  }

  /**
   * Starts them.
   *
   * @param target asked for each try: it may give another node each time
   * @param seed decides what the customers do; not how fast they are answered
   */
  public static Drivers start(Ledger ledger, Supplier<Api> target, int threads, long seed) {
    Drivers drivers = new Drivers(ledger, target);
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed + i);
      drivers.threads.add(new Thread(() -> drivers.drive(random), "driver " + i));
    }
    drivers.threads.forEach(Thread::start);
    return drivers;
  }

  /** From now on each waits so long between two requests; at first not at all. */
  public void pace(Duration between) {
    pause = between;
  }

  /**
   * Ends them, after the try that is under way; what it asked for may stay open. Before a {@link
   * Ledger#check}.
   */
  public void stop() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void drive(Random random) {
    Caller caller = new Caller(ledger, target, () -> stopped);
    Life[] lives = new Life[LIVES];
    while (!stopped) {
      int turn = random.nextInt(LIVES);
      if (lives[turn] == null || lives[turn].isOver()) {
        lives[turn] = Life.begin(ledger, random);
      }
      try {
        lives[turn].step(caller);
      } catch (Caller.Stopped e) {
        return;
      } catch (RuntimeException e) {
        ledger.violation(lives[turn].account() + ": " + e);
        lives[turn] = null;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }
}
