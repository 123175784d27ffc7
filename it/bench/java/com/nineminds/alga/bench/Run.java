package com.nineminds.alga.bench;

import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What came of the requests of a phase, of one round or of several.
 *
 * @param nanos how long each took, from the shortest on
 * @param errors answers that were wrong, and requests without one
 * @param complaint about the first wrong one; null if all were right
 * @param seconds from the first request to the last answer
 * @param usage of the CPU meanwhile
 */
record Run(
    String phase,
    ImmutableLongArray nanos,
    int errors,
    String complaint,
    double seconds,
    Usage usage) {

  /** Right answers a second. */
  double perSecond() {
    return (nanos.length() - errors) / seconds;
  }

  /** Milliseconds in which that part of the requests was answered. */
  double millis(double part) {
    int index = (int) Math.ceil(part * nanos.length()) - 1;
    return nanos.isEmpty() ? 0 : nanos.get(Math.max(index, 0)) / 1e6;
  }

  /** All of them as one. */
  static Run of(List<Run> rounds) {
    return new Run(
        rounds.get(0).phase,
        sorted(rounds.stream().flatMapToLong(run -> run.nanos.stream())),
        rounds.stream().mapToInt(Run::errors).sum(),
        rounds.stream().map(Run::complaint).filter(c -> c != null).findFirst().orElse(null),
        rounds.stream().mapToDouble(Run::seconds).sum(),
        rounds.stream().map(Run::usage).reduce(Usage.NONE, Usage::plus));
  }

  /** From the shortest on. */
  static ImmutableLongArray sorted(LongStream nanos) {
    return ImmutableLongArray.copyOf(nanos.sorted());
  }
}
