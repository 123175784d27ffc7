package com.nineminds.alga.http.drain;

import com.nineminds.alga.config.Settings;
import java.time.Duration;

/**
 * How a node stops.
 *
 * @param drain how long the node serves requests after it reported that it is not ready; zero means
 *     that it stops at once
 */
public record DrainSettings(Duration drain) {

  /** Reads {@code DRAIN_SECONDS}; throws {@link com.nineminds.alga.config.IllegalSetting}. */
  public static DrainSettings read(Settings settings) {
    return new DrainSettings(Duration.ofSeconds(settings.number("DRAIN_SECONDS", 10, 0, 300)));
  }
}
