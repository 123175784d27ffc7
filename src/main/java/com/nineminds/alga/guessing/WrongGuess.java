package com.nineminds.alga.guessing;

import java.time.Duration;

/** A refusal that counts as a failed try: the tried secret is unknown or no longer valid. */
public interface WrongGuess {

  /** For a secret that the service does not know: ten minutes. */
  Duration UNKNOWN = Duration.ofMinutes(10);

  /** For a secret that was valid once, and is therefore no guess: a day. */
  Duration WORN_OUT = Duration.ofDays(1);

  /**
   * Within this time the same try from the same network counts once. An appliance that keeps
   * retrying must not use up the tries of its neighbours.
   */
  Duration countsOnceIn();
}
