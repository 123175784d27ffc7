package com.nineminds.alga.appliance;

import java.util.regex.Pattern;

/** The name that a machine chose for itself: unique within its tenant only. */
public record ApplianceId(String value) {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException when it is no such name
   */
  public ApplianceId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be 1 to 128 letters, digits, dots, dashes or underscores");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
