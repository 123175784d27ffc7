package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nineminds.alga.db.RateBuckets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * The networks that redeemed a code within the last {@value #DAYS} days. They are never refused for
 * longer than an hour, even if their neighbours fail. A code counts for one network only, so
 * redeeming it from many networks gains nothing.
 */
@ApplicationScoped
class RecentInstalls {

  static final int DAYS = 30;

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT_IN_FLOOD = Duration.ofDays(1);
  private static final int MOST_REMEMBERED = 20_000;

  /** A redeem empties this bucket. It is full again {@value #DAYS} days after the redeem. */
  private static final BucketConfiguration LATELY =
      BucketConfiguration.builder()
          .addLimit(limit -> limit.capacity(DAYS).refillGreedy(DAYS, Duration.ofDays(DAYS)))
          .build();

  private static final BucketConfiguration SPEAKS_ONCE =
      BucketConfiguration.builder()
          .addLimit(limit -> limit.capacity(1).refillGreedy(1, Duration.ofDays(DAYS)))
          .build();

  @Inject RateBuckets buckets;
  Ticker ticker = Ticker.systemTicker();

  /** The last code that each network redeemed on this node. */
  private Cache<String, String> redeemed;

  /** The networks that this node stored for all nodes within the last day. */
  private Cache<String, Boolean> written;

  @PostConstruct
  void start() {
    redeemed =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .ticker(ticker)
            .expireAfterWrite(Duration.ofDays(DAYS))
            .build();
    written =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .ticker(ticker)
            .expireAfterWrite(Duration.ofDays(1))
            .build();
  }

  /** Notes that the network redeemed a code. Only this node knows it until {@link #write}. */
  void redeemed(String network, String codeHash) {
    redeemed.put(network, codeHash);
  }

  /**
   * Stores for all nodes that the network redeemed a code, if it did so on this node. The caller
   * does this only for a network that fails, because other networks do not need it. Stores it once
   * a day at most.
   */
  void write(String network) {
    String code = redeemed.getIfPresent(network);
    if (code == null || written.getIfPresent(network) != null) {
      return;
    }
    written.put(network, true);
    if (buckets.of("claim_code %s, redeemed".formatted(code), SPEAKS_ONCE).tryConsume(1)) {
      lately(network).tryConsumeAsMuchAsPossible();
    }
  }

  /**
   * The extra tries of a network that has none left. A network that redeemed a code lately gets one
   * an hour. A network that would wait for days because of a flood gets one a day. Empty for any
   * other network.
   */
  Optional<Bucket> beyondBudget(String network, Duration delay, FloodLevel level) {
    if (lately(network).getAvailableTokens() < DAYS) {
      return Optional.of(beyondBudget(network, LONGEST_WAIT));
    }
    // twice, so that after one day the rest of the delay is still too long
    return level == FloodLevel.none || delay.compareTo(LONGEST_WAIT_IN_FLOOD.multipliedBy(2)) <= 0
        ? Optional.empty()
        : Optional.of(beyondBudget(network, LONGEST_WAIT_IN_FLOOD));
  }

  /**
   * A bucket that is empty at first. Its capacity is high, because the upkeep deletes full buckets.
   */
  private Bucket beyondBudget(String network, Duration onceIn) {
    return buckets.of(
        "claim_code, once in %d h from %s".formatted(onceIn.toHours(), network),
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(24).refillGreedy(1, onceIn).initialTokens(0))
            .build());
  }

  private Bucket lately(String network) {
    return buckets.of("claim_code redeemed from " + network, LATELY);
  }
}
