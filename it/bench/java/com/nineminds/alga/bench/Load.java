package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Phase.Request;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.KeptAlive.Answer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Sends the requests of a phase over connections that are kept alive, and checks every answer. */
record Load(Subject subject, int connections) {

  /** Sends all requests of the phase, and returns after the last answer. */
  Run run(Phase phase) {
    long[] nanos = new long[phase.count()];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger errors = new AtomicInteger();
    AtomicReference<String> complaint = new AtomicReference<>();
    Usage before = subject.usage();
    long start = System.nanoTime();
    Workers.run(
        connections,
        () -> {
          try (KeptAlive connection = new KeptAlive(subject.base())) {
            for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
              long sent = awaitTurn(phase, start, i);
              String wrong = send(connection, phase, i);
              nanos[i] = System.nanoTime() - sent;
              if (wrong != null) {
                errors.incrementAndGet();
                complaint.compareAndSet(null, wrong);
              }
            }
          }
          return null;
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(
        phase.name(),
        Run.sorted(LongStream.of(nanos)),
        errors.get(),
        complaint.get(),
        seconds,
        subject.usage().since(before));
  }

  /** The start of the latency. In a paced phase, the request is due at this time. */
  private static long awaitTurn(Phase phase, long start, int number) {
    if (phase.rate() == 0) {
      return System.nanoTime();
    }
    long due = start + number * 1_000_000_000L / phase.rate();
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
    return due;
  }

  private String send(KeptAlive connection, Phase phase, int number) {
    Request request = phase.request().apply(number);
    try {
      Answer answer =
          connection.post(
              request.path(), request.json(), request.isOfTheService() ? subject.secret() : null);
      String wrong = phase.check().complaint(number, answer);
      return wrong == null ? null : wrong + ": " + answer.status() + " " + answer.body();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
