package com.nineminds.alga.code;

import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The text that a person typed as a code: in upper case, without spaces and dashes. The text may
 * not be a code. It is always looked up, so the response time reveals nothing. It is never logged.
 */
public record TypedCode(String text) {

  /**
   * White space and dashes of all kinds, which people type between the characters, and characters
   * that nobody sees, which come along when a code is copied.
   */
  private static final Pattern FILLER =
      Pattern.compile(
          "[\\s\\p{Z}\\p{Pd}\\p{Cf}\\u0085\\u02d7\\u034f\\u2043\\u2212\\u2796\\ufe00-\\ufe0f]+");

  private static final Pattern FOREIGN = Pattern.compile("[^" + ClaimCode.ALPHABET + "]");

  /** A longer text is cut to this length. It cannot be a code. */
  private static final int LONGEST = 64;

  /** Reads a typed text, in any case, with spaces and dashes anywhere. */
  public static TypedCode parse(String typed) {
    String text = FILLER.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return new TypedCode(text.substring(0, Math.min(text.length(), LONGEST)));
  }

  /**
   * The refusal of a text that is not a known code. Its characters and its length decide the
   * sentence.
   *
   * @param length the length of new codes
   */
  InvalidClaimCode refusal(int length) {
    if (FOREIGN.matcher(text).find()) {
      return InvalidClaimCode.foreignCharacter();
    }
    if (text.length() > length) {
      return InvalidClaimCode.tooLong(length);
    }
    return text.length() < length ? InvalidClaimCode.tooShort(length) : InvalidClaimCode.unknown();
  }

  @Override
  public String toString() {
    return "TypedCode";
  }
}
