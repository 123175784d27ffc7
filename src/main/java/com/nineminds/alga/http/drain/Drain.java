package com.nineminds.alga.http.drain;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The orderly stop. At SIGTERM the server would close its port at once, and whatever a load
 * balancer still sends, or has just sent, would be lost. So the signal first takes the readiness
 * away, all is served as before for the drain time, and only then the server gets it: it closes the
 * port, lets the requests in flight finish, and ends.
 */
@Readiness
@Default
@ApplicationScoped
public class Drain implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(Drain.class.getName());

  @Inject DrainSettings settings;

  private final AtomicBoolean draining = new AtomicBoolean();
  private TermSignal signal;

  void start(@Observes Startup event) {
    if (!settings.drain().isZero()) {
      signal = TermSignal.precededBy(this::drain);
    }
  }

  @PreDestroy
  void stop() {
    if (signal != null) {
      signal.release();
    }
  }

  /** Whether the node is about to stop. */
  boolean isDraining() {
    return draining.get();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("serving").status(!draining.get()).build();
  }

  /** A second signal does not wait. */
  private void drain() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    LOG.info(
        "Stopping: not ready from now on, and serving for %d s more"
            .formatted(settings.drain().toSeconds()));
    try {
      Thread.sleep(settings.drain().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
