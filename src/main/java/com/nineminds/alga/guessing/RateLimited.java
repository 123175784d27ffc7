package com.nineminds.alga.guessing;

import com.nineminds.alga.http.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** 429: too many failed tries from one network, or too many installs with one code. */
public final class RateLimited extends Problem {

  private static final int MINUTES_SAID_AS_SUCH = 120;

  private final transient Duration wait;

  /** After {@code wait} there is at least one try again. */
  RateLimited(SecretKind what, Duration wait) {
    this("There were too many %s from this network".formatted(what.inWords()), wait);
  }

  private RateLimited(String reason, Duration wait) {
    super(
        429,
        "rate_limited",
        "%s; please wait %s, then try again.".formatted(reason, inWords(wait)));
    this.wait = wait;
  }

  /** An appliance redeemed its code again too often; its last credential stays good. */
  public static RateLimited ofRepeats(Duration wait) {
    return new RateLimited(
        "This install code was redeemed again and again by this appliance", wait);
  }

  @Override
  public Optional<Duration> retryAfter() {
    // a whole second more: the header has no fractions
    return Optional.of(wait.plusSeconds(1));
  }

  private static String inWords(Duration wait) {
    if (wait.toMinutes() < 1) {
      return "a minute";
    }
    return wait.toMinutes() < MINUTES_SAID_AS_SUCH
        ? (wait.toMinutes() + 1) + " minutes"
        : (wait.toHours() + 1) + " hours";
  }
}
