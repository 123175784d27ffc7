package com.nineminds.alga.code;

import com.nineminds.alga.code.CodeProblem.InvalidClaimCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person typed as a code: trimmed, in upper case, without spaces and dashes. It need not be
 * one: it is looked up all the same, so that no answer comes sooner than another. Never logged.
 */
public record TypedCode(String text) {

  /** What people type between the characters: white space, and dashes of all kinds. */
  private static final Pattern FILLER = Pattern.compile("[\\s\\p{Z}\\p{Pd}]+");

  private static final Pattern FOREIGN = Pattern.compile("[^" + ClaimCode.ALPHABET + "]");

  /** Of more than that nobody needs to know which code it is not. */
  private static final int LONGEST = 64;

  /** Reads what was typed, in any case, with spaces and dashes anywhere. */
  public static TypedCode parse(String typed) {
    String text = FILLER.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return new TypedCode(text.substring(0, Math.min(text.length(), LONGEST)));
  }

  /** Why there is no such code, as far as its looks tell. */
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
