package com.nineminds.alga.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Does several things at the same moment, each in its own thread. */
public final class AtOnce {

  private AtOnce() {}

  /** Runs all actions. Returns their results in the same order. */
  public static <T> List<T> all(List<Supplier<T>> actions) {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    ExecutorService threads = Executors.newFixedThreadPool(actions.size());
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (Supplier<T> action : actions) {
        calls.add(
            () -> {
              start.await();
              return action.get();
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs the same action for each number from 0. */
  public static <T> List<T> times(int count, IntFunction<T> action) {
    List<Supplier<T>> actions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      actions.add(() -> action.apply(number));
    }
    return all(actions);
  }
}
