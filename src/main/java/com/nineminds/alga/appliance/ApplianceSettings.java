package com.nineminds.alga.appliance;

import com.nineminds.alga.config.Settings;

/**
 * The address at which appliances reach this service.
 *
 * @param publicBaseUrl without a trailing slash; never taken from a request
 */
public record ApplianceSettings(String publicBaseUrl) {

  /** Reads {@code PUBLIC_BASE_URL}. It may have a path, but nothing behind that. */
  public static ApplianceSettings read(Settings settings) {
    return new ApplianceSettings(settings.url("PUBLIC_BASE_URL"));
  }

  public String checkInUrl() {
    return publicBaseUrl + "/check-in";
  }
}
