package com.nineminds.alga.license;

import com.nineminds.alga.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The keys that sign and verify licenses, and the lifetimes of licenses.
 *
 * @param connected the lifetime of a license whose appliance checks in
 * @param airgap the lifetime of a license that is carried by hand
 */
public record LicenseSettings(SigningKeys keys, Duration connected, Duration airgap) {

  /** Reads {@code ALGA_LICENSE_*} and the two {@code *_LICENSE_DAYS}. */
  public static LicenseSettings read(Settings settings) {
    return new LicenseSettings(
        SigningKeys.load(
            settings.required("ALGA_LICENSE_KID"),
            settings.required("ALGA_LICENSE_PRIVATE_KEY"),
            settings.text("ALGA_LICENSE_PUBLISHED_KEYS_DIR").map(Path::of)),
        Duration.ofDays(settings.number("CONNECTED_LICENSE_DAYS", 31, 1, 3_660)),
        Duration.ofDays(settings.number("AIRGAP_LICENSE_DAYS", 396, 1, 3_660)));
  }
}
