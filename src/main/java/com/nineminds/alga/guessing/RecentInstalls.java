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
 * longer than an hour, whatever their neighbours do. A code speaks for one network only, so that
 * somebody who redeems it again and again from many networks gains nothing.
 */
@ApplicationScoped
class RecentInstalls {

  static final int DAYS = 30;

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT_IN_FLOOD = Duration.ofDays(1);
  private static final int MOST_REMEMBERED = 20_000;

  /** Emptied by a redeem; it is full again when the redeem is {@value #DAYS} days ago. */
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

  /** Networks that this node wrote down within a day. */
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

  /** The network redeemed a code. Only this node remembers it until {@link #write}. */
  void redeemed(String network, String codeHash) {
    redeemed.put(network, codeHash);
  }

  /**
   * Writes down for all nodes that the network redeemed a code, if it did so on this node. For a
   * network that fails, since it matters for no other. Writes at most once a day.
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
   * The tries beyond its budget of a network that has none left. It has one an hour when it
   * redeemed a code lately, and one a day when a flood would have it wait for days. Empty when it
   * has none.
   */
  Optional<Bucket> beyondBudget(String network, Duration delay, FloodLevel level) {
    if (lately(network).getAvailableTokens() < DAYS) {
      return Optional.of(beyondBudget(network, LONGEST_WAIT));
    }
    // twice: when the day is over, it must still be the rest of the delay that is too long
    return level == FloodLevel.none || delay.compareTo(LONGEST_WAIT_IN_FLOOD.multipliedBy(2)) <= 0
        ? Optional.empty()
        : Optional.of(beyondBudget(network, LONGEST_WAIT_IN_FLOOD));
  }

  /** Empty at first. It has room for many, since the upkeep deletes what is full. */
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
