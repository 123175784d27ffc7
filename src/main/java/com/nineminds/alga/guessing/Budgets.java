package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nineminds.alga.db.RateBuckets;
import com.nineminds.alga.guessing.GuessingSettings.Limit;
import com.nineminds.alga.http.request.ClientNetwork;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budgets of tries of networks and sites. All nodes share them. Each node remembers the budgets
 * with recent failures, so that it need not look up the others.
 */
@ApplicationScoped
class Budgets {

  /** The budget of a site is the budget of this many networks. Anybody can get a site. */
  static final int NETWORKS_OF_A_SITE = 10;

  /**
   * With fewer tries left, a network pays before the attempt. Otherwise concurrent attempts could
   * overdraw the budget.
   */
  private static final int FEW = 32;

  private static final Duration MEMORY = Duration.ofDays(1);

  /**
   * After this time a refusal is looked up again, because another node may know a reason to end it.
   */
  private static final Duration REFUSED_WITHOUT_A_LOOK = Duration.ofHours(1);

  @Inject RateBuckets buckets;
  @Inject GuessingSettings settings;

  int mostRemembered = 100_000;
  Ticker ticker = Ticker.systemTicker();

  private Cache<String, Remembered> failedLately;

  /** Until this time of the ticker, this node may have forgotten budgets with recent failures. */
  private final AtomicLong forgetfulUntil = new AtomicLong();

  /** What this node knows of a budget: the tries that are left, and how long there is none. */
  private record Remembered(long left, Duration delay, long sinceNanos) {

    Duration lasts() {
      return MEMORY.plus(delay);
    }
  }

  @PostConstruct
  void start() {
    forgetfulUntil.set(ticker.read());
    failedLately =
        Caffeine.newBuilder()
            .maximumSize(mostRemembered)
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfter(Expiry.<String, Remembered>writing((key, known) -> known.lasts()))
            .evictionListener(this::forgotten)
            .build();
  }

  private void forgotten(String key, Remembered known, RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      long until = known.sinceNanos() + known.lasts().toNanos();
      forgetfulUntil.accumulateAndGet(until, (one, other) -> one - other > 0 ? one : other);
    }
  }

  /** The budget of the client's network. */
  Budget ofNetwork(SecretKind what, FloodLevel level, ClientNetwork client) {
    return new Budget(what, settings.of(what, level), client.network());
  }

  /** The budget of the client's site; empty if the client has no site (IPv4). */
  Optional<Budget> ofSite(SecretKind what, FloodLevel level, ClientNetwork client) {
    Limit limit = settings.of(what, level).times(NETWORKS_OF_A_SITE);
    return client.site().map(site -> new Budget(what, limit, site));
  }

  /** The tries of one network or site at one kind of secret. */
  final class Budget {

    private final String key;
    private final Limit limit;

    private Budget(SecretKind what, Limit limit, String client) {
      // the limit is a part of the key, because the library stores the limit with the bucket
      this.key = what + " " + limit.atOnce() + " " + limit.perDay() + " from " + client;
      this.limit = limit;
    }

    /** Whether this node remembers a failure. */
    boolean isKnown() {
      return failedLately.getIfPresent(key) != null;
    }

    /** How long this node knows that there is no try; empty if there may be one. */
    Optional<Duration> delay() {
      Remembered known = failedLately.getIfPresent(key);
      if (known == null) {
        return Optional.empty();
      }
      Duration elapsed = Duration.ofNanos(ticker.read() - known.sinceNanos());
      return elapsed.compareTo(known.delay()) >= 0 || elapsed.compareTo(REFUSED_WITHOUT_A_LOOK) >= 0
          ? Optional.empty()
          : Optional.of(known.delay().minus(elapsed));
    }

    /**
     * Whether a try is taken before the attempt and not after its failure.
     *
     * @param ifUnknown the result for a budget that this node does not remember; it is true anyway
     *     while this node may have forgotten some
     */
    boolean isToBePaidFirst(boolean ifUnknown) {
      Remembered known = failedLately.getIfPresent(key);
      return known == null
          ? ifUnknown || forgetfulUntil.get() - ticker.read() > 0
          : known.left() < FEW;
    }

    /** Takes a try. Returns how long to wait if there is none; empty if one was taken. */
    Optional<Duration> take() {
      ConsumptionProbe probe = bucket().tryConsumeAndReturnRemaining(1);
      if (probe.isConsumed()) {
        remember(probe.getRemainingTokens(), Duration.ZERO);
        return Optional.empty();
      }
      Duration delay = Duration.ofNanos(probe.getNanosToWaitForRefill());
      remember(probe.getRemainingTokens(), delay);
      return Optional.of(delay);
    }

    /** Takes a try even if there is none. The budget then owes it. */
    void owe() {
      remember(
          bucket().asVerbose().consumeIgnoringRateLimits(1).getDiagnostics().getAvailableTokens(),
          Duration.ZERO);
    }

    /** Gives back a try that was taken, because the attempt did not fail. */
    void giveBack() {
      bucket().addTokens(1);
      failedLately
          .asMap()
          .computeIfPresent(
              key, (same, known) -> known.left() + 1 >= limit.atOnce() ? null : known);
    }

    /** Lets this node refuse for that time without asking the other nodes. */
    void refuse(Duration delay) {
      remember(0, delay);
    }

    private void remember(long left, Duration delay) {
      failedLately.put(key, new Remembered(left, delay, ticker.read()));
    }

    private Bucket bucket() {
      return buckets.of(key, limit.bucket());
    }
  }
}
