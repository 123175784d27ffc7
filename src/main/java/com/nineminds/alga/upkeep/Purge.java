package com.nineminds.alga.upkeep;

import com.nineminds.alga.code.OldCodes;
import com.nineminds.alga.db.OneNode;
import com.nineminds.alga.db.RateBuckets;
import com.nineminds.alga.onboarding.IdempotencyKeys;
import com.nineminds.alga.operator.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.logging.Logger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Deletes rows that are no longer needed. */
@ApplicationScoped
class Purge {

  private static final Logger LOG = Logger.getLogger(Purge.class.getName());

  /** Small enough to hold no lock for long. */
  private static final int AT_ONCE = 1_000;

  @Inject OneNode oneNode;
  @Inject OldCodes codes;
  @Inject IdempotencyKeys keys;
  @Inject Sessions sessions;
  @Inject RateBuckets buckets;
  @Inject MetricRegistry metrics;

  /**
   * Deletes all these rows in bounded batches, each in its own transaction. After a crash the next
   * run deletes the rest. Returns false if another node is doing it.
   */
  @ActivateRequestContext
  boolean run(UpkeepSettings settings) {
    return all("codes", () -> codes.delete(settings.codes(), AT_ONCE))
        && all("idempotency_keys", () -> keys.delete(settings.idempotencyKeys(), AT_ONCE))
        && all("sessions", () -> sessions.deleteEnded(AT_ONCE))
        && buckets();
  }

  private boolean all(String what, IntSupplier batch) {
    int deleted = 0;
    boolean more = true;
    while (more) {
      Optional<Integer> done = oneNode.run("alga upkeep", batch::getAsInt);
      if (done.isEmpty()) {
        return false;
      }
      metrics.counter("alga_purged", new Tag("what", what)).inc(done.get());
      deleted += done.get();
      more = done.get() == AT_ONCE;
    }
    tell(what, deleted);
    return true;
  }

  /** Deletes full buckets in transactions of their own. Two nodes at once would share the work. */
  private boolean buckets() {
    int deleted = 0;
    int dropped = buckets.dropFull();
    while (dropped > 0) {
      deleted += dropped;
      dropped = buckets.dropFull();
    }
    metrics.counter("alga_purged", new Tag("what", "rate_buckets")).inc(deleted);
    tell("rate_buckets", deleted);
    return true;
  }

  private static void tell(String what, int deleted) {
    if (deleted > 0) {
      LOG.info("upkeep deleted " + deleted + " " + what);
    }
  }
}
