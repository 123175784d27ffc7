package com.nineminds.alga.guessing;

import com.nineminds.alga.db.RateBuckets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.util.HashMap;
import java.util.Map;

/** The state that all nodes share: the library's buckets, in memory and with a simulated clock. */
final class PlayedBuckets extends RateBuckets {

  final Time time = new Time();

  private final Map<String, Shared> shared = new HashMap<>();

  private record Shared(Bucket bucket, long full) {}

  private boolean everyTryIsNew;

  /** Forgets the data that detect repeats. This saves memory in a test without repeats. */
  PlayedBuckets forgettingTries() {
    everyTryIsNew = true;
    return this;
  }

  @Override
  public Bucket of(String key, BucketConfiguration full) {
    if (everyTryIsNew && key.endsWith(", once in 10 min")) {
      return create(full).bucket();
    }
    return shared.computeIfAbsent(key, created -> create(full)).bucket();
  }

  private Shared create(BucketConfiguration full) {
    var builder = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : full.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return new Shared(builder.build(), full.getBandwidths()[0].getCapacity());
  }

  @Override
  public int dropFull() {
    int before = shared.size();
    shared.values().removeIf(one -> one.bucket().getAvailableTokens() >= one.full());
    return before - shared.size();
  }
}
