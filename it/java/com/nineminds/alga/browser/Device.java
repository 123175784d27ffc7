package com.nineminds.alga.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The device of a person and its settings, as {@code Device.phone().dark().in("Asia/Tokyo")}.
 *
 * @param timezone an IANA name
 */
public record Device(
    int width, int height, boolean mobile, ColorScheme colors, String timezone, boolean scripts) {

  /** 390 × 844, with touch. */
  public static Device phone() {
    return new Device(390, 844, true, ColorScheme.LIGHT, "UTC", true);
  }

  /** 1280 × 900. */
  public static Device desktop() {
    return new Device(1280, 900, false, ColorScheme.LIGHT, "UTC", true);
  }

  /** 1920 × 1080. */
  public static Device wide() {
    return new Device(1920, 1080, false, ColorScheme.LIGHT, "UTC", true);
  }

  /** The same device, set to dark colors. */
  public Device dark() {
    return new Device(width, height, mobile, ColorScheme.DARK, timezone, scripts);
  }

  /** The same device, in another time zone. */
  public Device in(String otherTimezone) {
    return new Device(width, height, mobile, colors, otherTimezone, scripts);
  }

  /** The same device, with JavaScript switched off. */
  public Device withoutScripts() {
    return new Device(width, height, mobile, colors, timezone, false);
  }

  NewContextOptions options() {
    return new NewContextOptions()
        .setViewportSize(width, height)
        .setIsMobile(mobile)
        .setHasTouch(mobile)
        .setColorScheme(colors)
        .setTimezoneId(timezone)
        .setLocale("en-US")
        .setJavaScriptEnabled(scripts);
  }
}
