package com.nineminds.alga.bench;

import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The result of the requests of a phase, over one round or several.
 *
 * @param nanos time of each request, the shortest first
 * @param errors number of wrong and missing answers
 * @param complaint the first mistake; null if all answers were right
 * @param seconds time from the first request to the last answer
 * @param usage CPU time used meanwhile
 */
record Run(
    String phase,
    ImmutableLongArray nanos,
    int errors,
    String complaint,
    double seconds,
    Usage usage) {

  /** Right answers per second. */
  double perSecond() {
    return (nanos.length() - errors) / seconds;
  }

  /** The milliseconds within which the given part of the requests was answered. */
  double millis(double part) {
    int index = (int) Math.ceil(part * nanos.length()) - 1;
    return nanos.isEmpty() ? 0 : nanos.get(Math.max(index, 0)) / 1e6;
  }

  /** Joins several rounds into one run. */
  static Run of(List<Run> rounds) {
    return new Run(
        rounds.get(0).phase,
        sorted(rounds.stream().flatMapToLong(run -> run.nanos.stream())),
        rounds.stream().mapToInt(Run::errors).sum(),
        rounds.stream().map(Run::complaint).filter(c -> c != null).findFirst().orElse(null),
        rounds.stream().mapToDouble(Run::seconds).sum(),
        rounds.stream().map(Run::usage).reduce(Usage.NONE, Usage::plus));
  }

  /** The times, the shortest first. */
  static ImmutableLongArray sorted(LongStream nanos) {
    return ImmutableLongArray.copyOf(nanos.sorted());
  }
}
