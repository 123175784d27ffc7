package com.nineminds.alga.http.request;

import java.text.Normalizer;
import java.util.Set;

/** The contract's rules for text that people type (section "Conventions"). */
public final class TypedText {

  /** Characters without width that come along when a text is copied. */
  private static final Set<Integer> COPIED_ALONG = Set.of(0x200B, 0x2060, 0xFEFF);

  /** Letters and symbols that have no shape. */
  private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800);

  private TypedText() {}

  /**
   * The text without white space around it, in Normalization Form C. Characters without width are
   * white space here.
   */
  public static String clean(String typed) {
    return Normalizer.normalize(strip(typed), Normalizer.Form.NFC);
  }

  /** The text without white space around it, in the form in which it was typed. */
  public static String strip(String typed) {
    int begin = 0;
    int end = typed.length();
    while (begin < end && isSpace(typed.codePointAt(begin))) {
      begin += Character.charCount(typed.codePointAt(begin));
    }
    while (end > begin && isSpace(typed.codePointBefore(end))) {
      end -= Character.charCount(typed.codePointBefore(end));
    }
    return typed.substring(begin, end);
  }

  /** Whether a reader sees at least one character of the text. */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(TypedText::isVisible);
  }

  /** Whether the character is a control character, or half of a surrogate pair. */
  public static boolean isControl(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  /** Whether the character changes the direction of the text around it. */
  public static boolean isOverride(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /** White space of Unicode, and characters without width. */
  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || (codePoint >= '\t' && codePoint <= '\r')
        || codePoint == 0x85
        || COPIED_ALONG.contains(codePoint);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> !FILLERS.contains(codePoint);
    };
  }
}
