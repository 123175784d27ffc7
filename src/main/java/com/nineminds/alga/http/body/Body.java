package com.nineminds.alga.http.body;

import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.problem.Problem.FieldError;
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

  /** One line of 1 to 200 characters, without the space around it; null if the member is absent. */
  public String text(String field) {
    String text = string(field);
    if (text == null) {
      return null;
    }
    String line = text.strip();
    if (line.isEmpty()) {
      complain(field, "must not be empty");
      return null;
    }
    if (line.codePointCount(0, line.length()) > MAX_TEXT) {
      complain(field, "must have at most " + MAX_TEXT + " characters");
      return null;
    }
    if (line.codePoints().anyMatch(Body::isUnprintable)) {
      complain(field, "must not contain control characters");
      return null;
    }
    return line;
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

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
