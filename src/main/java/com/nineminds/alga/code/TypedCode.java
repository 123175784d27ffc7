package com.nineminds.alga.code;

import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The text that a person typed as a code: in upper case, without spaces and dashes. The text may
 * not be a code. It is always looked up, so the response time reveals nothing. It is never logged.
 */
public record TypedCode(String text) {

  /** White space and dashes of all kinds, which people type between the characters. */
  private static final Pattern FILLER = Pattern.compile("[\\s\\p{Z}\\p{Pd}]+");

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
    return text.length() == length
        ? InvalidClaimCode.unknown()
        : InvalidClaimCode.wrongLength(length);
  }

  @Override
  public String toString() {
    return "TypedCode";
  }
}
