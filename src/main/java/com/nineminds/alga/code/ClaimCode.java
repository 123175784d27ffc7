package com.nineminds.alga.code;

import java.util.regex.Pattern;

/**
 * A one-time install code: 8 to 16 characters, none of which looks like another one. A code is
 * never logged. {@link #toString} masks it, and only {@link #value} returns it.
 */
public record ClaimCode(String value) {

  static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  static final int SHORTEST = 8;
  static final int LONGEST = 16;

  private static final Pattern VALID =
      Pattern.compile("[" + ALPHABET + "]{" + SHORTEST + "," + LONGEST + "}");
  private static final Pattern LAST4 = Pattern.compile("[" + ALPHABET + "]{4}");

  /**
   * Checks the code.
   *
   * @throws IllegalArgumentException if the text cannot be a code
   */
  public ClaimCode {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("not a claim code");
    }
  }

  /** The last four characters. A masked code shows only these. */
  public String last4() {
    return value.substring(value.length() - 4);
  }

  /** Whether the text can be the last four characters of a code. It must be in upper case. */
  public static boolean isLast4(String text) {
    return LAST4.matcher(text).matches();
  }

  /** The masked form of a code with these last four characters. */
  public static String masked(String last4) {
    return "****" + last4;
  }

  @Override
  public String toString() {
    return masked(last4());
  }
}
