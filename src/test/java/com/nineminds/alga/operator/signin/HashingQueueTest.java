package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.http.request.ClientNetwork;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingQueueTest {

  private final HashingQueue queue = new HashingQueue();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void worksOneAtATime() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Boolean>> all =
        IntStream.range(0, 10)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () ->
                        queue.run(
                            ClientNetwork.of("192.0.2." + i),
                            () -> {
                              most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                              atWork.decrementAndGet();
                            }))
            .toList();
    for (Future<Boolean> done : threads.invokeAll(all)) {
      assertThat(done.get()).isTrue();
    }
    assertThat(most.get()).isEqualTo(1);
  }

  @Test
  void doesNothingForSomebodyWhoseTurnDoesNotComeSoon() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> slow =
        threads.submit(
            () ->
                queue.run(
                    ClientNetwork.of("192.0.2.1"),
                    () -> {
                      begun.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    begun.await();
    AtomicInteger worked = new AtomicInteger();
    assertThat(queue.run(ClientNetwork.of("192.0.2.2"), worked::incrementAndGet)).isFalse();
    end.countDown();
    assertThat(slow.get()).isTrue();
    assertThat(queue.run(ClientNetwork.of("192.0.2.2"), worked::incrementAndGet)).isTrue();
    assertThat(worked.get()).isEqualTo(1);
  }

  @Test
  void oneNetworkCannotTakeAllPlacesToWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Runnable work =
        () -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    CountDownLatch refused = new CountDownLatch(25);
    for (int i = 0; i < 30; i++) {
      ClientNetwork client = ClientNetwork.of("2001:db8:0:" + i + "::1");
      threads.execute(
          () -> {
            if (!queue.run(client, work)) {
              refused.countDown();
            }
          });
    }
    begun.await();
    refused.await();
    Future<Boolean> honest = threads.submit(() -> queue.run(ClientNetwork.of("192.0.2.1"), work));
    end.countDown();
    assertThat(honest.get()).isTrue();
  }
}
