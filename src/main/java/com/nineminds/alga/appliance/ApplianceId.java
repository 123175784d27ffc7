package com.nineminds.alga.appliance;

import java.util.regex.Pattern;

/** The id that a machine chose for itself. It is unique only within its tenant. */
public record ApplianceId(String value) {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if it is not 1 to 128 letters, digits, dots, dashes or
   *     underscores
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
