package com.nineminds.alga.guessing;

import java.time.Duration;

/** A refusal that counts as a failed try: what was tried is not known, or is no longer good. */
public interface WrongGuess {

  /** For something that was never given out, as far as anybody knows: ten minutes. */
  Duration UNKNOWN = Duration.ofMinutes(10);

  /** For something that was given out once, and is therefore no guess: a day. */
  Duration WORN_OUT = Duration.ofDays(1);

  /**
   * How long the same try from the same network counts once: an appliance that keeps retrying must
   * not use up the tries of its neighbours.
   */
  Duration countsOnceIn();
}
