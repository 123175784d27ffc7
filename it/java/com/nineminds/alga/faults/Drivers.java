package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Threads that play customers until they are stopped: register, pay, redeem, check in, re-issue,
 * and redeem again. Each thread plays many customers in turn. It repeats a request without an
 * answer.
 */
public final class Drivers {

  /** The number of customers that each thread plays at a time. */
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
   * Starts the threads.
   *
   * @param target gives the node for each try, which may be another one each time
   * @param seed decides the actions of the customers, but not the speed of the answers
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

  /** Sets the pause of each thread between two requests. It is zero at first. */
  public void pace(Duration between) {
    pause = between;
  }

  /**
   * Stops the threads after their current try. A request may stay without an answer. Call this
   * before {@link Ledger#check}.
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
