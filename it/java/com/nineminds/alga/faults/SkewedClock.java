package com.nineminds.alga.faults;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The clock of a node, wrong by {@value #SECONDS} seconds. It is the only clock that the service
 * reads.
 */
@Alternative
@Priority(1)
@Dependent
public class SkewedClock {

  /** An environment variable. */
  static final String SECONDS = "IT_CLOCK_AHEAD_SECONDS";

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.offset(
        Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(System.getenv(SECONDS))));
  }
}
