package com.nineminds.alga.onboarding;

import com.nineminds.alga.harness.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/** Sends requests at the same moment, each from a thread of its own. */
final class Together {

  private Together() {}

  /** All answers; {@code request} is given 0, 1, 2, ... */
  static List<Answer> send(int threads, IntFunction<Answer> request) {
    CountDownLatch start = new CountDownLatch(1);
    List<FutureTask<Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      FutureTask<Answer> task =
          new FutureTask<>(
              () -> {
                start.await();
                return request.apply(number);
              });
      tasks.add(task);
      new Thread(task, "together-" + number).start();
    }
    start.countDown();
    List<Answer> answers = new ArrayList<>();
    for (FutureTask<Answer> task : tasks) {
      try {
        answers.add(task.get());
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return answers;
  }
}
