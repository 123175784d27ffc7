package com.nineminds.alga.registry;

import java.util.regex.Pattern;

/**
 * An e-mail address, at most 200 characters. Only its shape is checked: whether it works, a mail
 * tells.
 */
public record EmailAddress(String value) {

  private static final int MAX = 200;
  private static final Pattern SHAPE = Pattern.compile("[^@\\s\\p{Z}\\p{C}]+@[^@\\s\\p{Z}\\p{C}]+");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException when it has not the shape of one
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
