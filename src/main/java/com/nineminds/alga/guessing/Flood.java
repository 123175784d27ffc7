package com.nineminds.alga.guessing;

import com.nineminds.alga.db.RateBuckets;
import io.github.bucket4j.Bucket;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Detects a flood: all networks together, on all nodes, fail so often that somebody must be
 * guessing codes. A node reports its failures to the others once a second at most, so that the
 * nodes do not queue for one row during a flood.
 */
@ApplicationScoped
public class Flood {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SAID_FOR_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final Logger LOG = Logger.getLogger(Flood.class.getName());

  @Inject RateBuckets buckets;
  @Inject GuessingSettings settings;
  @Inject MetricRegistry metrics;
  LongSupplier nanos = System::nanoTime;

  private final AtomicLong unreported = new AtomicLong();
  private final AtomicLong reportedNanos = new AtomicLong();

  private FloodLevel said = FloodLevel.none;
  private long saidNanos;

  /** Null until this node has asked for the first time. */
  private volatile FloodLevel level;

  @PostConstruct
  void start() {
    reportedNanos.set(nanos.getAsLong() - PAUSE_NANOS);
    metrics.gauge("alga_guessing_flood", () -> level == null ? 0 : level.figure());
  }

  /** Counts a failed try. May report to the other nodes, in a transaction of its own. */
  void count() {
    unreported.incrementAndGet();
    ask();
  }

  /**
   * The level as this node knows it. While there is no flood, the call costs nothing, because the
   * next failure detects a flood. During a flood it runs a transaction of its own, once a second.
   */
  FloodLevel level() {
    if (level != FloodLevel.none) {
      ask();
    }
    // another request is asking for the first time; until it knows, this one assumes a flood
    return level == null ? FloodLevel.flood : level;
  }

  private void ask() {
    long last = reportedNanos.get();
    long now = nanos.getAsLong();
    if (now - last < PAUSE_NANOS || !reportedNanos.compareAndSet(last, now)) {
      return;
    }
    long failures = unreported.getAndSet(0);
    boolean isFlood = left(settings.codesOfAll(), failures) < settings.codesOfAll();
    boolean isGreat = left(settings.codesOfGreatFlood(), failures) < settings.codesOfGreatFlood();
    level = !isFlood ? FloodLevel.none : isGreat ? FloodLevel.great_flood : FloodLevel.flood;
    say(level, now);
  }

  /** Logs a worse level at once, and a better level only after an hour. */
  private synchronized void say(FloodLevel current, long now) {
    int change = current.figure() - said.figure();
    if (change > 0 || (change < 0 && now - saidNanos >= SAID_FOR_NANOS)) {
      LOG.warning(inWords(current));
      said = current;
      saidNanos = now;
    }
  }

  private long left(int perDay, long failures) {
    Bucket all = buckets.of("claim_code of all, " + perDay, GuessingSettings.ofAll(perDay));
    return failures == 0
        ? all.getAvailableTokens()
        : all.asVerbose()
            .tryConsumeAsMuchAsPossible(failures)
            .getDiagnostics()
            .getAvailableTokens();
  }

  private String inWords(FloodLevel now) {
    return switch (now) {
      case none -> "the flood of wrong install codes is over";
      case flood ->
          "more than %,d wrong install codes within a day: networks that failed often get fewer tries"
              .formatted(settings.codesOfAll());
      case great_flood ->
          "more than %,d wrong install codes within a day: new networks get fewer tries too"
              .formatted(settings.codesOfGreatFlood());
    };
  }
}
