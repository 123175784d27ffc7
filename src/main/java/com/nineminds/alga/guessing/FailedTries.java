package com.nineminds.alga.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nineminds.alga.db.RateBuckets;
import com.nineminds.alga.guessing.GuessingSettings.Allowance;
import com.nineminds.alga.http.CurrentRequest;
import com.nineminds.alga.http.Source;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The limit on guessing. Each network has a budget of tries that may fail, which all nodes share. A
 * try is paid for when it has failed, so that one that succeeds costs nothing; only a network that
 * has few tries left pays first, and gets it back. What a node has no memory of is always looked
 * up, and the debt is honored after that: however many nodes there are, in the long run no network
 * gets more than its budget.
 */
@ApplicationScoped
public class FailedTries {

  private static final int MAX_NETWORKS = 100_000;
  private static final Duration MEMORY = Duration.ofDays(1);

  /** With fewer tries left a network pays first: those in flight at once could overdraw it. */
  private static final int FEW = 32;

  /** How many networks' tries the site that they are part of has, which anybody can have. */
  private static final int NETWORKS_OF_A_SITE = 10;

  private static final long ONCE_MINUTES = WrongGuess.UNKNOWN.toMinutes();

  /** One token, which comes back after that time; several of it for what counts once in longer. */
  private static final BucketConfiguration ONCE =
      BucketConfiguration.builder()
          .addLimit(limit -> limit.capacity(1).refillGreedy(1, WrongGuess.UNKNOWN))
          .build();

  @Inject RateBuckets buckets;
  @Inject GuessingSettings settings;
  @Inject Flood flood;
  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  private Cache<String, Remembered> failedLately;

  /** What this node knows of a network that failed: its tries, and until when it has none. */
  private record Remembered(Allowance left, long sinceNanos) {

    /** None while there is a try. */
    Optional<Duration> delay(boolean inFlood) {
      Duration wait = left.delay(inFlood).minusNanos(System.nanoTime() - sinceNanos);
      return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(wait);
    }
  }

  @PostConstruct
  void start() {
    // as long as it has to wait in a flood, or other nodes' memory would be forgotten here
    failedLately =
        Caffeine.newBuilder()
            .maximumSize(MAX_NETWORKS)
            .expireAfter(
                Expiry.<String, Remembered>writing(
                    (network, known) -> MEMORY.plus(known.left().delay(true))))
            .build();
  }

  /**
   * Makes an attempt, which has its own transaction; one that throws a {@link WrongGuess} is
   * counted against the network that the request came from. Throws {@link RateLimited}, without an
   * attempt, when that has no try left.
   *
   * @param hash of what is tried; tells it from others and does not tell what it is
   */
  public <T> T counted(Guessed what, byte[] hash, Supplier<T> attempt) {
    Try one = new Try(what, Source.of(current.address()), hash);
    boolean paid = one.isToBePaidFirst() && one.pay();
    try {
      T result = attempt.get();
      if (paid) {
        one.giveBack();
      }
      return result;
    } catch (RuntimeException e) {
      if (e instanceof WrongGuess wrong) {
        one.failed(wrong, paid);
      } else if (paid) {
        one.giveBack();
      }
      throw e;
    }
  }

  private final class Try {

    private final Guessed what;
    private final Source source;
    private final byte[] hash;
    private final GuessingSettings.Limit limit;
    private final String key;

    private Try(Guessed what, Source source, byte[] hash) {
      this.what = what;
      this.source = source;
      this.hash = hash;
      this.limit = settings.of(what);
      // other limits are other buckets: the library keeps the limit with the bucket
      this.key = what + " " + limit.perDay() + " " + limit.perDayInFlood() + " from ";
    }

    private boolean isFlood() {
      return what == Guessed.claim_code && flood.isOn();
    }

    /** Refuses whoever has none left; says whether there are so few that one is paid first. */
    private boolean isToBePaidFirst() {
      Remembered known = failedLately.getIfPresent(key + source.network());
      if (known == null) {
        return false;
      }
      boolean inFlood = isFlood();
      known.delay(inFlood).ifPresent(this::refuse);
      return known.left().tries(inFlood) < FEW && once().getAvailableTokens() > 0;
    }

    private void refuse(Duration wait) {
      metrics.counter("alga_failed_tries_refused", new Tag("what", what.name())).inc();
      throw new RateLimited(what, wait);
    }

    /** Takes a try, where there is one; true. */
    private boolean pay() {
      boolean inFlood = isFlood();
      boolean overdrawn = left(Try::take).tries(inFlood) < 0;
      if (overdrawn) {
        giveBack();
        Allowance left = left(Try::look);
        remember(left);
        refuse(left.delay(inFlood));
      }
      return true;
    }

    private void failed(WrongGuess wrong, boolean paid) {
      long tokens = Math.max(1, wrong.countsOnceIn().toMinutes() / ONCE_MINUTES);
      long left =
          once()
              .asVerbose()
              .consumeIgnoringRateLimits(tokens)
              .getDiagnostics()
              .getAvailableTokens();
      boolean isFirst = left == 1 - tokens;
      if (!isFirst && !paid) {
        return;
      }
      remember(left(paid ? Try::look : Try::take));
      metrics.counter("alga_failed_tries", new Tag("what", what.name())).inc();
      if (what == Guessed.claim_code) {
        flood.count();
        flood.isOn();
      }
    }

    private void remember(Allowance left) {
      failedLately.put(key + source.network(), new Remembered(left, System.nanoTime()));
    }

    /**
     * What is left to the network, and to its site, after that was done with the budget of each.
     */
    private Allowance left(Function<VerboseBucket, VerboseResult<Long>> done) {
      Allowance left = limit.allowance(tokens(done.apply(ofNetwork().asVerbose())));
      return source
          .site()
          .map(
              site ->
                  ofSiteLimit().allowance(tokens(done.apply(ofSite(site).asVerbose()))).and(left))
          .orElse(left);
    }

    /** Overdrawn or not. */
    private static VerboseResult<Long> take(VerboseBucket bucket) {
      return bucket.consumeIgnoringRateLimits(1);
    }

    private static VerboseResult<Long> look(VerboseBucket bucket) {
      return bucket.getAvailableTokens();
    }

    private static long[] tokens(VerboseResult<Long> done) {
      return done.getDiagnostics().getAvailableTokensPerEachBandwidth();
    }

    private void giveBack() {
      ofNetwork().addTokens(1);
      source.site().ifPresent(site -> ofSite(site).addTokens(1));
    }

    private Bucket ofNetwork() {
      return buckets.of(key + source.network(), limit.bucket());
    }

    private GuessingSettings.Limit ofSiteLimit() {
      return limit.times(NETWORKS_OF_A_SITE);
    }

    private Bucket ofSite(String site) {
      return buckets.of(key + site, ofSiteLimit().bucket());
    }

    private Bucket once() {
      return buckets.of(
          "%s %s from %s".formatted(what, HexFormat.of().formatHex(hash, 0, 16), source.network()),
          ONCE);
    }
  }
}
