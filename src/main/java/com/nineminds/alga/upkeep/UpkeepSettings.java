package com.nineminds.alga.upkeep;

import com.nineminds.alga.config.Settings;
import java.time.Duration;

/**
 * What is deleted, and when.
 *
 * @param interval from the end of one run to the next run, and from the start to the first run
 * @param codes how long codes are kept after they were replaced
 * @param idempotencyKeys how long keys are kept after their request
 */
public record UpkeepSettings(Duration interval, Duration codes, Duration idempotencyKeys) {

  private static final int CENTURY = 36_500;

  /**
   * Reads {@code UPKEEP_INTERVAL_SECONDS}, {@code CODE_RETENTION_DAYS} and {@code
   * IDEMPOTENCY_KEY_RETENTION_DAYS}.
   */
  public static UpkeepSettings read(Settings settings) {
    return new UpkeepSettings(
        Duration.ofSeconds(settings.number("UPKEEP_INTERVAL_SECONDS", 3_600, 1, 86_400)),
        Duration.ofDays(settings.number("CODE_RETENTION_DAYS", 400, 1, CENTURY)),
        Duration.ofDays(settings.number("IDEMPOTENCY_KEY_RETENTION_DAYS", 90, 1, CENTURY)));
  }
}
