package com.nineminds.alga.appliance;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;

/**
 * The address at which appliances reach this service.
 *
 * @param publicBaseUrl without a trailing slash; never taken from a request
 */
public record ApplianceSettings(String publicBaseUrl) {

  /** Reads {@code PUBLIC_BASE_URL}. It may have a path, but nothing behind that. */
  public static ApplianceSettings read(Settings settings) {
    String name = "PUBLIC_BASE_URL";
    String url = settings.url(name);
    if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
      throw new IllegalSetting(name, "must have no query and no fragment, since paths follow it");
    }
    return new ApplianceSettings(url);
  }

  public String checkInUrl() {
    return publicBaseUrl + "/check-in";
  }
}
