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
 * A JSON object on its way to becoming a request record: each member is read once, strictly typed
 * (a number is no string), and every complaint is collected, so that a client sees all of them at
 * once. Absent and {@code null} are the same; unknown members are ignored. The route names the
 * members that it reads by {@link Members}.
 *
 * <p>Usage: read the members, then {@link #check()}, and only then use what was read: a member with
 * a complaint reads as null.
 */
public final class Body {

  private static final int MAX_TEXT = 200;

  private final Set<String> asked;
  private final Map<String, JsonValue> members;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * Creates a body.
   *
   * @param asked the members that can be read; to read another one is a programming error
   * @param members those that the request brought
   */
  Body(Set<String> asked, Map<String, JsonValue> members) {
    this.asked = asked;
    this.members = members;
  }

  /** Whether the member is there at all. */
  public boolean has(String field) {
    return value(field) != null;
  }

  /** Any string, even an empty one; null when absent. */
  public String string(String field) {
    JsonValue value = value(field);
    if (value == null || value instanceof JsonString) {
      return value == null ? null : ((JsonString) value).getString();
    }
    complain(field, "must be a string");
    return null;
  }

  /** A line of 1 to 200 characters, without surrounding space; null when absent. */
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
   * A string that {@code parse} turns into a value, or refuses with an {@link
   * IllegalArgumentException} whose message is the complaint; null when absent.
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

  /** One of the words of {@code type}, spelled exactly so; null when absent. */
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

  /** A whole number from {@code least}; null when absent. */
  public Integer number(String field, int least) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonNumber number) {
      BigDecimal exact = number.bigDecimalValue();
      // a huge exponent is no size to expand
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

  /** Gives {@code value} back, and complains when the member is absent. */
  public <T> T required(String field, T value) {
    if (value == null && !has(field)) {
      complain(field, "is required");
    }
    return value;
  }

  /** Notes a complaint of the caller's own. */
  public void complain(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  /** Ends the reading; throws {@link InvalidRequest} with every complaint, if there is one. */
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
