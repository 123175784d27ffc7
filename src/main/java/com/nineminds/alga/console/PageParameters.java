package com.nineminds.alga.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the parameters of a page's address. A wrong value counts as absent. */
final class PageParameters {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private PageParameters() {}

  /** A whole number, or null. */
  static Long number(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    return text == null || !NUMBER.matcher(text).matches() ? null : Long.valueOf(text);
  }

  /** A UUID, or null. */
  static UUID uuid(HttpServletRequest request, String name) {
    String text = request.getParameter(name);
    try {
      return text == null || text.length() != 36 ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A word of an enum, or null. */
  static <E extends Enum<E>> E word(HttpServletRequest request, String name, Class<E> type) {
    String text = request.getParameter(name);
    for (E word : type.getEnumConstants()) {
      if (word.name().equals(text)) {
        return word;
      }
    }
    return null;
  }
}
