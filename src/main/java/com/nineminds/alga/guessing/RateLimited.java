package com.nineminds.alga.guessing;

import com.nineminds.alga.http.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** 429: too many failed tries from one network, or too many repeated redeems by one appliance. */
public final class RateLimited extends Problem {

  private static final int MINUTES_SAID_AS_SUCH = 120;

  private final transient Duration wait;

  /** Refuses a network, which has at least one try again after {@code wait}. */
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

  /** An appliance redeemed its code again too often. Its last credential stays valid. */
  public static RateLimited ofRepeats(Duration wait) {
    return new RateLimited(
        "This install code was redeemed again and again by this appliance", wait);
  }

  @Override
  public Optional<Duration> retryAfter() {
    // one second more, because the header has no fractions
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
