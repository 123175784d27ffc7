package com.nineminds.alga.guessing;

import com.nineminds.alga.db.RateBuckets;
import io.github.bucket4j.Bucket;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final Logger LOG = Logger.getLogger(Flood.class.getName());

  @Inject RateBuckets buckets;
  @Inject GuessingSettings settings;
  @Inject MetricRegistry metrics;

  private final AtomicLong unreported = new AtomicLong();
  private final AtomicLong reportedNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
  private volatile boolean on;

  @PostConstruct
  void start() {
    metrics.gauge("alga_guessing_flood", () -> on ? 1 : 0);
  }

  /** Counts a failed try. */
  void count() {
    unreported.incrementAndGet();
  }

  /** As all nodes know it, at most a second ago. May be a transaction of its own. */
  boolean isOn() {
    long last = reportedNanos.get();
    long now = System.nanoTime();
    if (now - last >= PAUSE_NANOS && reportedNanos.compareAndSet(last, now)) {
      boolean before = on;
      on = left(unreported.getAndSet(0)) < settings.codesOfAll();
      if (on != before) {
        LOG.warning(
            on
                ? "more than %,d wrong install codes within a day: whoever failed often lately gets"
                        .formatted(settings.codesOfAll())
                    + " fewer tries"
                : "the flood of wrong install codes is over");
      }
    }
    return on;
  }

  private long left(long failures) {
    Bucket all = buckets.of("claim_code of all, " + settings.codesOfAll(), settings.ofAll());
    return failures == 0
        ? all.getAvailableTokens()
        : all.asVerbose()
            .tryConsumeAsMuchAsPossible(failures)
            .getDiagnostics()
            .getAvailableTokens();
  }
}
