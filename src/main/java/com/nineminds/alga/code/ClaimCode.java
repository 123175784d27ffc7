package com.nineminds.alga.code;

import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A one-time install code: 8 characters that cannot be mistaken for one another. Never logged: its
 * {@link #toString} is masked, only {@link #value} tells it.
 */
public record ClaimCode(String value) {

  static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  static final int LENGTH = 8;

  /** What people type between the characters: white space, and dashes of all kinds. */
  private static final Pattern FILLER = Pattern.compile("[\\s\\p{Z}\\p{Pd}]+");

  private static final Pattern VALID = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
  private static final Pattern LAST4 = Pattern.compile("[" + ALPHABET + "]{4}");
  private static final Pattern FOREIGN = Pattern.compile("[^" + ALPHABET + "]");

  public ClaimCode {
    if (!VALID.matcher(value).matches()) {
      throw new InvalidClaimCode(
          FOREIGN.matcher(value).find()
              ? InvalidClaimCode.FOREIGN_CHARACTER
              : InvalidClaimCode.WRONG_LENGTH);
    }
  }

  /**
   * Reads what a person typed: trimmed, in any case, with spaces and dashes anywhere.
   *
   * @throws InvalidClaimCode when it cannot be a code, saying why
   */
  public static ClaimCode parse(String typed) {
    return new ClaimCode(FILLER.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT));
  }

  /** The last four characters, all that is ever shown of a code that was given out before. */
  public String last4() {
    return value.substring(LENGTH - 4);
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
