package com.nineminds.alga.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;

/** How many threads at once may wait for what clients send. */
public final class Turns {

  private final Semaphore free;

  public Turns(int threads) {
    free = new Semaphore(threads);
  }

  /** Has the server read a form on this thread; false, and nothing read, while too many do so. */
  public boolean readForm(HttpServletRequest request) {
    if (!free.tryAcquire()) {
      return false;
    }
    try {
      return request.getParameterMap() != null;
    } finally {
      free.release();
    }
  }
}
