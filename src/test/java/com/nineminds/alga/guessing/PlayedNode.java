package com.nineminds.alga.guessing;

import com.nineminds.alga.http.problem.Problem;
import com.nineminds.alga.http.request.CurrentRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The limit on guessing in one node, without a server. A new instance is a restarted node. */
final class PlayedNode {

  static final Optional<Duration> ANSWERED = Optional.empty();

  final FailedTries failedTries = new FailedTries();

  private static final Random RANDOM = new Random(7);
  private String address;

  /** The refusal of an unknown code or credential. */
  static final class Wrong extends Problem implements WrongGuess {
    Wrong() {
      super(404, "invalid_claim_code", "Wrong.");
    }

    @Override
    public Duration countsOnceIn() {
      return UNKNOWN;
    }
  }

  PlayedNode(PlayedBuckets buckets, GuessingSettings settings) {
    this(buckets, settings, 100_000);
  }

  @SuppressWarnings("UnnecessaryAssignment") // no container injects the fields here
  PlayedNode(PlayedBuckets buckets, GuessingSettings settings, int mostRemembered) {
    Budgets budgets = new Budgets();
    budgets.buckets = buckets;
    budgets.settings = settings;
    budgets.ticker = buckets.time;
    budgets.mostRemembered = mostRemembered;
    budgets.start();
    Repeats repeats = new Repeats();
    repeats.buckets = buckets;
    repeats.settings = settings;
    repeats.ticker = buckets.time;
    repeats.start();
    RecentInstalls installs = new RecentInstalls();
    installs.buckets = buckets;
    installs.ticker = buckets.time;
    installs.start();
    Flood flood = new Flood();
    flood.buckets = buckets;
    flood.settings = settings;
    flood.nanos = buckets.time::read;
    flood.metrics = metrics();
    flood.start();
    failedTries.budgets = budgets;
    failedTries.repeats = repeats;
    failedTries.installs = installs;
    failedTries.flood = flood;
    failedTries.metrics = metrics();
    failedTries.current =
        new CurrentRequest() {
          @Override
          public String address() {
            return address;
          }
        };
  }

  /** Tries a new wrong code. Returns the time to wait if the node did not look it up. */
  Optional<Duration> guess(String from) {
    byte[] hash = new byte[16];
    RANDOM.nextBytes(hash);
    return attempt(SecretKind.claim_code, from, hash, PlayedNode::wrong);
  }

  /** Redeems a valid code. */
  Optional<Duration> redeem(String from, int code) {
    return attempt(SecretKind.claim_code, from, hash(code), () -> "redeemed");
  }

  /** Tries that code or credential, which is wrong. */
  Optional<Duration> wrong(SecretKind what, String from, int number) {
    return attempt(what, from, hash(number), PlayedNode::wrong);
  }

  private Optional<Duration> attempt(
      SecretKind what, String from, byte[] hash, Supplier<String> attempt) {
    address = from;
    try {
      failedTries.counted(what, hash, attempt);
    } catch (RateLimited limited) {
      return limited.retryAfter();
    } catch (Wrong wrong) {
      return ANSWERED;
    }
    return ANSWERED;
  }

  private static String wrong() {
    throw new Wrong();
  }

  private static byte[] hash(int number) {
    byte[] hash = new byte[16];
    hash[0] = (byte) (number >> 8);
    hash[1] = (byte) number;
    hash[2] = 1;
    return hash;
  }

  private static MetricRegistry metrics() {
    Counter counter = proxy(Counter.class, (self, method, arguments) -> null);
    return proxy(
        MetricRegistry.class,
        (self, method, arguments) -> method.getName().equals("counter") ? counter : null);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
