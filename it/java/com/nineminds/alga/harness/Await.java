package com.nineminds.alga.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens elsewhere, for a bounded time. */
public final class Await {

  private Await() {}

  /** Returns once {@code condition} holds; fails with {@code message} when it does not in time. */
  public static void until(Duration patience, BooleanSupplier condition, Supplier<String> message) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(message.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
