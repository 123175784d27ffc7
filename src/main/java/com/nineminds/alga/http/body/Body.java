package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
import com.nineminds.alga.http.request.TypedText;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the members of a JSON object for a request record. Types are strict: a number is not a
 * string. It collects all complaints, so that a client sees them at once. An absent member and
 * {@code null} are the same. Unknown members are ignored. The route names the members that it reads
 * by {@link Members}.
 *
 * <p>Usage: read the members, then call {@link #check()}, and use the values only after that. A
 * member with a complaint reads as null.
 */
public final class Body {

  private static final int MAX_TEXT = 200;
  private static final int MAX_NAME = 500;

  /** A longer text is refused before it is normalized, which takes long for some texts. */
  private static final int MAX_TYPED = 4 * MAX_NAME;

  private final Set<String> asked;
  private final Map<String, JsonValue> members;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * Creates a body.
   *
   * @param asked the members that can be read; reading another one is a programming error
   * @param members the members of the request
   */
  Body(Set<String> asked, Map<String, JsonValue> members) {
    this.asked = asked;
    this.members = members;
  }

  /** Whether the member is present and not null. */
  public boolean has(String field) {
    return value(field) != null;
  }

  /** A string, which may be empty; null if the member is absent. */
  public String string(String field) {
    JsonValue value = value(field);
    if (value == null || value instanceof JsonString) {
      return value == null ? null : ((JsonString) value).getString();
    }
    complain(field, "must be a string");
    return null;
  }

  /**
   * One line of 1 to 200 characters, at least one of them visible; null if the member is absent. It
   * is trimmed and in Normalization Form C.
   */
  public String text(String field) {
    return typed(field, text -> line(text, MAX_TEXT));
  }

  /** A name of 1 to 500 characters, under the rules of {@link #text}. */
  public String name(String field) {
    return typed(field, text -> line(text, MAX_NAME));
  }

  /**
   * The same as {@link #parsed}, for a text that people type. {@code parse} gets it trimmed and in
   * Normalization Form C.
   */
  public <T> T typed(String field, Function<String, T> parse) {
    return parsed(
        field,
        text -> {
          String typed = TypedText.strip(text);
          if (typed.length() > MAX_TYPED) {
            throw new IllegalArgumentException("is too long");
          }
          return parse.apply(TypedText.clean(typed));
        });
  }

  private static String line(String text, int longest) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    if (text.codePointCount(0, text.length()) > longest) {
      throw new IllegalArgumentException("must have at most " + longest + " characters");
    }
    if (text.codePoints().anyMatch(TypedText::isControl)) {
      throw new IllegalArgumentException("must not contain control characters");
    }
    if (text.codePoints().anyMatch(TypedText::isOverride)) {
      throw new IllegalArgumentException("must not change the direction of text");
    }
    if (!TypedText.isVisible(text)) {
      throw new IllegalArgumentException("must have a character that can be seen");
    }
    return text;
  }

  /**
   * The value that {@code parse} makes from a string; null if the member is absent. {@code parse}
   * refuses a string with an {@link IllegalArgumentException}, whose message becomes the complaint.
   */
  public <T> T parsed(String field, Function<String, T> parse) {
    String text = string(field);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      complain(field, e.getMessage());
      return null;
    }
  }

  /** The constant of {@code type} with exactly this name; null if the member is absent. */
  public <E extends Enum<E>> E word(String field, Class<E> type) {
    return parsed(
        field,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", ")))));
  }

  /** A whole number of at least {@code least}; null if the member is absent. */
  public Integer number(String field, int least) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber number) {
      BigDecimal exact = number.bigDecimalValue();
      // a number with a huge exponent is refused before it is expanded
      if ((long) exact.precision() - exact.scale() <= 10
          && exact.stripTrailingZeros().scale() <= 0
          && exact.compareTo(BigDecimal.valueOf(least)) >= 0
          && exact.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
        return exact.intValueExact();
      }
    }
    complain(field, "must be a whole number of at least " + least);
    return null;
  }

  /** Returns {@code value}. Complains if the member is absent. */
  public <T> T required(String field, T value) {
    if (value == null && !has(field)) {
      complain(field, "is required");
    }
    return value;
  }

  /** Adds a complaint of the caller. */
  public void complain(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  /** Throws {@link InvalidRequest} with all complaints, if there is one. */
  public void check() {
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }

  private JsonValue value(String field) {
    if (!asked.contains(field)) {
      throw new IllegalStateException("the route does not name the member " + field);
    }
    JsonValue value = members.get(field);
    return value == JsonValue.NULL ? null : value;
  }
}
