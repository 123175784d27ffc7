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

/** Purges now and then. Every node tries; those that come while another is at it do nothing. */
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
      // what was begun was rolled back, and the next run does it
      LOG.log(Level.WARNING, "upkeep failed: " + e.getMessage());
      return "failed";
    }
  }
}
