package com.nineminds.alga.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, but only for a limited time. */
public final class Await {

  private Await() {}

  /** Returns when {@code condition} holds. Fails with {@code message} if it takes too long. */
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
