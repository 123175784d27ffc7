package com.nineminds.alga.upkeep;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Runs the purge at intervals. Every node tries. A node does nothing while another one runs it. */
@ApplicationScoped
public class Upkeep {

  private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());

  @Inject Purge purge;
  @Inject UpkeepSettings settings;
  @Inject MetricRegistry metrics;

  @Resource ManagedScheduledExecutorService executor;

  private Future<?> runs;

  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    long interval = settings.interval().toSeconds();
    runs = executor.scheduleWithFixedDelay(this::run, interval, interval, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    runs.cancel(true);
  }

  private void run() {
    metrics.counter("alga_upkeep", new Tag("outcome", outcome())).inc();
  }

  private String outcome() {
    try {
      return purge.run(settings) ? "done" : "skipped";
    } catch (RuntimeException e) {
      // the last batch was rolled back, and the next run deletes the rest
      LOG.log(Level.WARNING, "upkeep failed: " + e.getMessage());
      return "failed";
    }
  }
}
