package com.nineminds.alga.http.body;

import com.nineminds.alga.http.request.Places.Place;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that wait for slow bodies. They are not the server's: it needs its own to hear of
 * what arrives.
 */
final class SlowBodies {

  /** There is a thread for each place, so none is refused. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, BodyFilter.ALL, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), SlowBodies::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "slow body");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads the body on another thread, and then has the request go on.
   *
   * @param place is given back here only when the request cannot go on
   */
  void read(ReceivedRequest request, AsyncContext later, Place place) {
    threads.execute(
        () -> {
          try {
            request.read();
            later.dispatch();
          } catch (RuntimeException | Error e) {
            place.close();
            throw e;
          }
        });
  }

  void end() {
    threads.shutdown();
  }
}
