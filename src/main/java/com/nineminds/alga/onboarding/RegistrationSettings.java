package com.nineminds.alga.onboarding;

import com.nineminds.alga.config.Settings;
import java.time.Duration;

/**
 * The settings for registrations.
 *
 * @param repeat how long the same registration of the free edition, without a key, is a repeat;
 *     zero for never
 */
public record RegistrationSettings(Duration repeat) {

  private static final int LONGEST = 86_400;

  /** Reads {@code REGISTRATION_REPEAT_SECONDS}. */
  public static RegistrationSettings read(Settings settings) {
    return new RegistrationSettings(
        Duration.ofSeconds(settings.number("REGISTRATION_REPEAT_SECONDS", 600, 0, LONGEST)));
  }
}
