package com.nineminds.alga.http.body;

import com.nineminds.alga.http.request.Places.Place;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that wait for slow bodies. They are not threads of the server, because the server
 * needs its own threads to notice new data.
 */
final class SlowBodies {

  /** There is one thread for each place, so that no body is refused. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, BodyFilter.ALL, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), SlowBodies::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "slow body");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads the body on another thread, and then lets the request continue.
   *
   * @param place closed here only if the request cannot continue
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
