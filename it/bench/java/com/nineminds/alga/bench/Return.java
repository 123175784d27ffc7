package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Phase.Request;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.KeptAlive.Answer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/**
 * All appliances return at once, as after an outage. Each one checks in at its own moment of a
 * minute, whatever happens to the others. An appliance that is told to come later does so. Every
 * license has to be signed anew, which is the most expensive work of the service.
 */
final class Return {

  /** A refused appliance waits up to this fraction longer than it was told. */
  private static final double JITTER = 0.5;

  /** Enough time to serve all appliances at any reasonable rate. */
  private static final int PATIENCE_SECONDS = 600;

  private final Options options;
  private final Subject subject;
  private final Planted planted;
  private final DelayQueue<Visit> due = new DelayQueue<>();
  private final AtomicInteger left;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<String> loss = new AtomicReference<>();
  private final long[] nanos;
  private long start;

  Return(Options options, Subject subject) {
    this.options = options;
    this.subject = subject;
    this.planted =
        new Planted(options.tenants(), options.appliances(), Clock.systemUTC().instant());
    this.left = new AtomicInteger(options.appliances());
    this.nanos = new long[options.appliances()];
  }

  /** The next check-in of an appliance, at that time of {@link System#nanoTime}. */
  private record Visit(int machine, long at) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  void measure() throws SQLException {
    try (Connection superuser = subject.connect()) {
      new Loader(planted, superuser).load();
    }
    Load load = new Load(subject, 16);
    for (Phase phase : new Phases(options.warmUp(), options.rate(), 1).all()) {
      if (phase.before() == null) {
        load.run(phase);
      }
    }
    subject.execute("CHECKPOINT");
    start = System.nanoTime();
    for (int machine = 0; machine < nanos.length; machine++) {
      due.add(new Visit(machine, arrival(machine)));
    }
    Workers.run(options.connections(), this::work);
    double seconds = (System.nanoTime() - start) / 1e9;
    report(seconds);
    if (lost.get() > 0) {
      throw new IllegalStateException(lost + " were lost, the first: " + loss);
    }
  }

  private long arrival(int machine) {
    return start + options.seconds() * 1_000_000_000L * machine / nanos.length;
  }

  private Void work() throws InterruptedException {
    try (KeptAlive connection = new KeptAlive(subject.base())) {
      while (left.get() > 0) {
        Visit visit = due.poll(100, TimeUnit.MILLISECONDS);
        if (visit != null) {
          visit(connection, visit);
        }
      }
    }
    return null;
  }

  private void visit(KeptAlive connection, Visit visit) {
    String problem;
    try {
      Request request = Phases.checkIn(planted.credential(planted.withMachine(visit.machine())));
      Answer answer = connection.post(request.path(), request.json(), null);
      problem = Phases.licensed(visit.machine(), answer);
      if (problem != null) {
        problem = answer.status() + " " + answer.body();
      }
      boolean isToldToWait =
          (answer.status() == 429 || answer.status() == 503) && answer.retryAfter() > 0;
      long elapsed = (System.nanoTime() - start) / 1_000_000_000L;
      if (isToldToWait && elapsed < PATIENCE_SECONDS) {
        refused.incrementAndGet();
        double wait = answer.retryAfter() * (1 + JITTER * ThreadLocalRandom.current().nextDouble());
        due.add(new Visit(visit.machine(), System.nanoTime() + (long) (wait * 1e9)));
        return;
      }
    } catch (IOException e) {
      problem = e.toString();
    }
    if (problem == null) {
      nanos[visit.machine()] = System.nanoTime() - arrival(visit.machine());
    } else {
      lost.incrementAndGet();
      loss.compareAndSet(null, problem);
    }
    left.decrementAndGet();
  }

  private void report(double seconds) {
    Run run = new Run("return", Run.sorted(LongStream.of(nanos)), 0, null, seconds, Usage.NONE);
    System.out.printf(
        Locale.ROOT,
        """

        | appliances | offered within | done after | lost | refused | p50 ms | p99 ms | max ms | most MiB resident |
        |---|---|---|---|---|---|---|---|---|
        | %,d | %d s | %.1f s | %d | %d | %.0f | %.0f | %.0f | %d |
        """,
        nanos.length,
        options.seconds(),
        seconds,
        lost.get(),
        refused.get(),
        run.millis(0.5),
        run.millis(0.99),
        run.millis(1),
        subject.mostMebibytes());
  }
}
