package com.nineminds.alga.registry;

import java.util.regex.Pattern;

/**
 * An e-mail address of at most 254 characters (RFC 5321). Only its format is checked, not whether
 * it exists.
 */
public record EmailAddress(String value) {

  private static final int MAX = 254;
  private static final Pattern SHAPE = Pattern.compile("[^@\\s\\p{Z}\\p{C}]+@[^@\\s\\p{Z}\\p{C}]+");

  /**
   * Checks the format.
   *
   * @throws IllegalArgumentException if the text is too long, or does not look like an e-mail
   *     address
   */
  public EmailAddress {
    if (value.codePointCount(0, value.length()) > MAX) {
      throw new IllegalArgumentException("must have at most " + MAX + " characters");
    }
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("must be an e-mail address");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
