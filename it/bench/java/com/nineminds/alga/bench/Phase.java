package com.nineminds.alga.bench;

import com.nineminds.alga.harness.KeptAlive.Answer;
import java.util.function.IntFunction;

/**
 * One kind of request.
 *
 * @param count number of requests
 * @param rate requests per second, however long the answers take; 0 for no fixed rate
 * @param before SQL to run first; null for none
 */
record Phase(
    String name, int count, int rate, String before, IntFunction<Request> request, Check check) {

  /** A POST, with or without the service secret. */
  record Request(String path, String json, boolean isOfTheService) {}

  /** Checks the answer to the request with that number. Returns the mistake, or null. */
  @FunctionalInterface
  interface Check {
    String complaint(int number, Answer answer);
  }

  Phase(String name, int count, IntFunction<Request> request, Check check) {
    this(name, count, 0, null, request, check);
  }
}
