package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A clock of our own, for the library's buckets and for what a node remembers. */
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
