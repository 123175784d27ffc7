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
 * The orderly stop of a node. At SIGTERM the server would close its port at once, and requests that
 * a load balancer still sends would be lost. So the node first reports that it is not ready, and
 * serves requests as before for the drain time. Only then does the server get the signal. It closes
 * the port, finishes the requests in flight, and ends.
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

  /**
   * Reports that the node is not ready, and waits for the drain time. A second signal does not
   * wait.
   */
  private void drain() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    LOG.info(
        "Stopping: this node is no longer ready, and serves requests for %d s more"
            .formatted(settings.drain().toSeconds()));
    try {
      Thread.sleep(settings.drain().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
