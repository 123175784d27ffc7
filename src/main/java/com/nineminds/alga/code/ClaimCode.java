package com.nineminds.alga.code;

import java.util.regex.Pattern;

/**
 * A one-time install code: 8 to 16 characters that cannot be mistaken for one another. Never
 * logged: its {@link #toString} is masked, only {@link #value} tells it.
 */
public record ClaimCode(String value) {

  static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  static final int SHORTEST = 8;
  static final int LONGEST = 16;

  private static final Pattern VALID =
      Pattern.compile("[" + ALPHABET + "]{" + SHORTEST + "," + LONGEST + "}");
  private static final Pattern LAST4 = Pattern.compile("[" + ALPHABET + "]{4}");

  public ClaimCode {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("not a claim code");
    }
  }

  /** The last four characters, all that is ever shown of a code that was given out before. */
  public String last4() {
    return value.substring(value.length() - 4);
  }

  /** Whether a code may end with that text of four characters, in upper case. */
  public static boolean isLast4(String text) {
    return LAST4.matcher(text).matches();
  }

  /** How a code is shown of which only {@code last4} is known. */
  public static String masked(String last4) {
    return "****" + last4;
  }

  @Override
  public String toString() {
    return masked(last4());
  }
}
