package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TogetherTest {

  private static final Duration FOR_EVER = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> done = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Work of which that of 0 is held up. */
  private void work(List<Integer> asks) {
    if (asks.contains(0)) {
      begun.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    done.add(asks);
  }

  private List<Future<?>> ask(Together<Integer> together, IntStream asks) {
    List<Future<?>> asking = new ArrayList<>();
    asks.forEach(ask -> asking.add(threads.submit(() -> together.ask(ask))));
    return asking;
  }

  private static void awaitWaiting(Together<Integer> together, int asks)
      throws InterruptedException {
    while (together.waiting() < asks) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void get(List<Future<?>> asking) throws Exception {
    for (Future<?> one : asking) {
      one.get();
    }
  }

  @Test
  void oneAloneIsWorkedForAtOnce() {
    Together<Integer> together = new Together<>(10, FOR_EVER, this::work);
    together.ask(1);
    together.ask(2);
    assertThat(done).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whoeverComesMeanwhileGoesWithTheNext() throws Exception {
    Together<Integer> together = new Together<>(10, FOR_EVER, this::work);
    List<Future<?>> first = ask(together, IntStream.of(0));
    begun.await();
    List<Future<?>> others = ask(together, IntStream.rangeClosed(1, 5));
    awaitWaiting(together, 5);
    held.countDown();
    get(first);
    get(others);
    assertThat(done).hasSize(2);
    assertThat(done.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void noMoreThanTheMostGoAtOnce() throws Exception {
    Together<Integer> together = new Together<>(3, FOR_EVER, this::work);
    List<Future<?>> first = ask(together, IntStream.of(0));
    begun.await();
    List<Future<?>> others = ask(together, IntStream.rangeClosed(1, 7));
    awaitWaiting(together, 7);
    held.countDown();
    get(first);
    get(others);
    assertThat(done).extracting(List::size).containsExactly(1, 3, 3, 1);
    assertThat(done.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void oneWhoIsHeldUpDoesNotHoldUpTheOthers() throws Exception {
    Together<Integer> together = new Together<>(10, Duration.ofMillis(20), this::work);
    List<Future<?>> first = ask(together, IntStream.of(0));
    begun.await();
    get(ask(together, IntStream.rangeClosed(1, 5)));
    assertThat(done.stream().flatMap(List::stream)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    held.countDown();
    get(first);
    together.ask(6);
    assertThat(done).last().isEqualTo(List.of(6));
  }

  @Test
  void anErrorIsOfWhoeverWorks() {
    Together<Integer> together =
        new Together<>(
            10,
            FOR_EVER,
            asks -> {
              if (asks.contains(1)) {
                throw new StackOverflowError();
              }
              done.add(asks);
            });
    assertThatThrownBy(() -> together.ask(1)).isInstanceOf(StackOverflowError.class);
    together.ask(2);
    assertThat(done).containsExactly(List.of(2));
  }

  @Test
  void everyAskIsWorkedForOnce() throws Exception {
    Together<Integer> together = new Together<>(4, FOR_EVER, done::add);
    List<Future<?>> asking = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      int from = thread * 1000;
      asking.add(threads.submit(() -> IntStream.range(from, from + 1000).forEach(together::ask)));
    }
    get(asking);
    assertThat(done.stream().flatMap(List::stream)).hasSize(16_000).doesNotHaveDuplicates();
    assertThat(done).allSatisfy(asks -> assertThat(asks).hasSizeBetween(1, 4));
  }

  @Test
  void errorAmongThoseWhoWaitLeavesNobodyWaiting() throws Exception {
    var queue =
        new ArrayDeque<Together.Place<Integer>>() {
          private transient int polls;

          @Override
          public Together.Place<Integer> poll() {
            if (++polls == 3) {
              throw new StackOverflowError("one that the test makes");
            }
            return super.poll();
          }
        };
    Together<Integer> together = new Together<>(10, FOR_EVER, this::work, queue);
    List<Future<?>> first = ask(together, IntStream.of(0));
    begun.await();
    List<Future<?>> others = ask(together, IntStream.rangeClosed(1, 5));
    awaitWaiting(together, 5);
    held.countDown();
    get(first);
    // the first of them takes the turn, and fails when it takes the third out of the queue
    assertThatThrownBy(() -> get(others)).hasCauseInstanceOf(StackOverflowError.class);
    for (Future<?> other : others) {
      awaitEnd(other);
    }
    assertThat(together.waiting()).isZero();
    together.ask(6);
    assertThat(done).contains(List.of(6));
  }

  private static void awaitEnd(Future<?> one) throws InterruptedException {
    try {
      one.get();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(StackOverflowError.class);
    }
  }
}
