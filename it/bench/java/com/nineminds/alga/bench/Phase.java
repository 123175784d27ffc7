package com.nineminds.alga.bench;

import com.nineminds.alga.harness.KeptAlive.Answer;
import java.util.function.IntFunction;

/**
 * One kind of request.
 *
 * @param count how many are sent
 * @param rate so many a second, however long answers take; 0 for as fast as they come
 * @param before SQL that is run first; null for none
 */
record Phase(
    String name, int count, int rate, String before, IntFunction<Request> request, Check check) {

  /** A POST; with the service secret or not. */
  record Request(String path, String json, boolean isOfTheService) {}

  /** Looks at the answer to the request of that number; gives what is wrong with it, or null. */
  @FunctionalInterface
  interface Check {
    String complaint(int number, Answer answer);
  }

  Phase(String name, int count, IntFunction<Request> request, Check check) {
    this(name, count, 0, null, request, check);
  }
}
