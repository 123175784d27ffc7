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
 * Whether all nodes and networks together fail so often that somebody must be guessing codes. A
 * node tells the others what failed on it once a second at most, so that a flood does not queue for
 * one row.
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

  /** Null until this node has asked. */
  private volatile FloodLevel level;

  @PostConstruct
  void start() {
    reportedNanos.set(nanos.getAsLong() - PAUSE_NANOS);
    metrics.gauge("alga_guessing_flood", () -> level == null ? 0 : level.figure());
  }

  /** Counts a failed try, and may tell the others, in a transaction of its own. */
  void count() {
    unreported.incrementAndGet();
    ask();
  }

  /**
   * As this node knows it. While there is no flood that costs nothing: a flood is noticed with the
   * next failure. During a flood it is a transaction of its own, once a second.
   */
  FloodLevel level() {
    if (level != FloodLevel.none) {
      ask();
    }
    // another request is asking for the first time: better too careful than not enough
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

  /** Says at once that it became worse, and only after an hour that it became better. */
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
