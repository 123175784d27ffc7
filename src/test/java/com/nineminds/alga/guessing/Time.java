package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A simulated clock, for the buckets of the library and for the memory of a node. */
final class Time implements TimeMeter, Ticker {

  private long nanos;

  @Override
  public long currentTimeNanos() {
    return nanos;
  }

  @Override
  public long read() {
    return nanos;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }

  void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
