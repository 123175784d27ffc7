package com.nineminds.alga.batching;

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
class BatcherTest {

  private static final Duration FOR_EVER = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> done = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Runs a batch. A batch with call 0 waits until {@code held} is open. */
  private void runBatch(List<Integer> calls) {
    if (calls.contains(0)) {
      begun.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    done.add(calls);
  }

  private List<Future<?>> run(Batcher<Integer> batcher, IntStream calls) {
    List<Future<?>> running = new ArrayList<>();
    calls.forEach(call -> running.add(threads.submit(() -> batcher.run(call))));
    return running;
  }

  private static void awaitWaiting(Batcher<Integer> batcher, int calls)
      throws InterruptedException {
    while (batcher.waiting() < calls) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void get(List<Future<?>> running) throws Exception {
    for (Future<?> one : running) {
      one.get();
    }
  }

  @Test
  void callThatIsAloneRunsAtOnce() {
    Batcher<Integer> batcher = new Batcher<>(10, FOR_EVER, this::runBatch);
    batcher.run(1);
    batcher.run(2);
    assertThat(done).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void callsThatArriveMeanwhileShareTheNextBatch() throws Exception {
    Batcher<Integer> batcher = new Batcher<>(10, FOR_EVER, this::runBatch);
    List<Future<?>> first = run(batcher, IntStream.of(0));
    begun.await();
    List<Future<?>> others = run(batcher, IntStream.rangeClosed(1, 5));
    awaitWaiting(batcher, 5);
    held.countDown();
    get(first);
    get(others);
    assertThat(done).hasSize(2);
    assertThat(done.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void batchHasAtMostTheConfiguredNumberOfCalls() throws Exception {
    Batcher<Integer> batcher = new Batcher<>(3, FOR_EVER, this::runBatch);
    List<Future<?>> first = run(batcher, IntStream.of(0));
    begun.await();
    List<Future<?>> others = run(batcher, IntStream.rangeClosed(1, 7));
    awaitWaiting(batcher, 7);
    held.countDown();
    get(first);
    get(others);
    assertThat(done).extracting(List::size).containsExactly(1, 3, 3, 1);
    assertThat(done.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void slowBatchDoesNotDelayTheOthers() throws Exception {
    Batcher<Integer> batcher = new Batcher<>(10, Duration.ofMillis(20), this::runBatch);
    List<Future<?>> first = run(batcher, IntStream.of(0));
    begun.await();
    get(run(batcher, IntStream.rangeClosed(1, 5)));
    assertThat(done.stream().flatMap(List::stream)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    held.countDown();
    get(first);
    batcher.run(6);
    assertThat(done).last().isEqualTo(List.of(6));
  }

  @Test
  void errorIsThrownToTheThreadThatRunsTheBatch() {
    Batcher<Integer> batcher =
        new Batcher<>(
            10,
            FOR_EVER,
            calls -> {
              if (calls.contains(1)) {
                throw new StackOverflowError();
              }
              done.add(calls);
            });
    assertThatThrownBy(() -> batcher.run(1)).isInstanceOf(StackOverflowError.class);
    batcher.run(2);
    assertThat(done).containsExactly(List.of(2));
  }

  @Test
  void everyCallRunsOnce() throws Exception {
    Batcher<Integer> batcher = new Batcher<>(4, FOR_EVER, done::add);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      int from = thread * 1000;
      running.add(threads.submit(() -> IntStream.range(from, from + 1000).forEach(batcher::run)));
    }
    get(running);
    assertThat(done.stream().flatMap(List::stream)).hasSize(16_000).doesNotHaveDuplicates();
    assertThat(done).allSatisfy(calls -> assertThat(calls).hasSizeBetween(1, 4));
  }

  @Test
  void errorInTheQueueLeavesNobodyWaiting() throws Exception {
    var queue =
        new ArrayDeque<Batcher.Waiting<Integer>>() {
          private transient int polls;

          @Override
          public Batcher.Waiting<Integer> poll() {
            if (++polls == 3) {
              throw new StackOverflowError("one that the test makes");
            }
            return super.poll();
          }
        };
    Batcher<Integer> batcher = new Batcher<>(10, FOR_EVER, this::runBatch, queue);
    List<Future<?>> first = run(batcher, IntStream.of(0));
    begun.await();
    List<Future<?>> others = run(batcher, IntStream.rangeClosed(1, 5));
    awaitWaiting(batcher, 5);
    held.countDown();
    get(first);
    // the first call takes the turn, and fails when it takes the third call from the queue
    assertThatThrownBy(() -> get(others)).hasCauseInstanceOf(StackOverflowError.class);
    for (Future<?> other : others) {
      awaitEnd(other);
    }
    assertThat(batcher.waiting()).isZero();
    batcher.run(6);
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
