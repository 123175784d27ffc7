package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nineminds.alga.db.RateBuckets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Repeated wrong tries: the same wrong try of the same network counts once. Each node remembers the
 * wrong tries of the last minutes, so that a repeat writes nothing. It also limits how often a
 * network repeats them.
 */
@ApplicationScoped
class Repeats {

  private static final int MOST_REMEMBERED = 50_000;
  private static final int MOST_NETWORKS = 10_000;

  @Inject RateBuckets buckets;
  @Inject GuessingSettings settings;
  Ticker ticker = Ticker.systemTicker();

  private Cache<String, Boolean> wrongLately;
  private Cache<String, Bucket> ofNetworks;

  @PostConstruct
  void start() {
    wrongLately =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .ticker(ticker)
            .expireAfterWrite(WrongGuess.UNKNOWN)
            .build();
    ofNetworks =
        Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .ticker(ticker)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();
  }

  /** Whether this node knows that the try is wrong. */
  boolean isKnown(String wrong) {
    return wrongLately.getIfPresent(wrong) != null;
  }

  /**
   * Takes a repeat of the network. Returns how long to wait if it repeats too often; empty
   * otherwise.
   */
  Optional<Duration> take(String network) {
    ConsumptionProbe probe = ofNetworks.get(network, key -> full()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket full() {
    int perMinute = settings.repeatsPerMinute();
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }

  /** Remembers a wrong try on this node. */
  void remember(String wrong) {
    wrongLately.put(wrong, true);
  }

  /** Whether a wrong try counts. It counts once within that time, on all nodes together. */
  boolean counts(String wrong, Duration onceIn) {
    BucketConfiguration once =
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(1).refillGreedy(1, onceIn))
            .build();
    return buckets.of(wrong + ", once in " + onceIn.toMinutes() + " min", once).tryConsume(1);
  }
}
