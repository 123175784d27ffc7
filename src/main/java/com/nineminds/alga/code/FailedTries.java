package com.nineminds.alga.code;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nineminds.alga.code.CodeProblem.RateLimited;
import io.github.bucket4j.Bucket;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * The limit on guessing: an address that tries too many codes that do not exist has to wait.
 * Counted on each node, in memory, outside of any transaction; a redeem that succeeds costs one
 * look-up of a map.
 */
@ApplicationScoped
public class FailedTries {

  private static final int MAX_ADDRESSES = 100_000;

  @Inject CodeSettings settings;

  private Cache<String, Bucket> budgets;

  @PostConstruct
  void start() {
    // after an hour without a try a budget is full again, which is what no budget means
    budgets =
        Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
  }

  /** Refuses with {@link RateLimited} an address that has used up its tries. */
  public void requireBudget(String address) {
    Bucket budget = budgets.getIfPresent(address);
    if (budget != null && budget.getAvailableTokens() < 1) {
      long nanos = budget.estimateAbilityToConsume(1).getNanosToWaitForRefill();
      throw new RateLimited(Duration.ofNanos(nanos).plusSeconds(1));
    }
  }

  /** Counts a try of a code that does not exist. */
  public void count(String address) {
    budgets.get(address, key -> fullBudget()).tryConsume(1);
  }

  private Bucket fullBudget() {
    int tries = settings.failedTriesPerHour();
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, Duration.ofHours(1)))
        .build();
  }
}
