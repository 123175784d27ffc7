package com.nineminds.alga.directory;

import com.nineminds.alga.http.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads query parameters one by one, and collects what is wrong with them in {@link #errors}. */
final class Parameters {

  private final Function<String, String> values;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param values the first value of a name; null if there is none
   */
  Parameters(Function<String, String> values) {
    this.values = values;
  }

  /**
   * The value that {@code parse} makes; null if the parameter is absent or empty. {@code parse}
   * refuses a text with an {@link IllegalArgumentException}; the value is then null too.
   */
  <T> T read(String name, Function<String, T> parse) {
    String text = values.apply(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(name, e.getMessage()));
      return null;
    }
  }

  /** The constant of {@code type} with exactly this name; null as in {@link #read}. */
  <E extends Enum<E>> E word(String name, Class<E> type) {
    return read(
        name,
        text -> {
          for (E word : type.getEnumConstants()) {
            if (word.name().equals(text)) {
              return word;
            }
          }
          throw new IllegalArgumentException(
              "must be one of "
                  + Arrays.stream(type.getEnumConstants())
                      .map(Enum::name)
                      .collect(Collectors.joining(", ")));
        });
  }

  List<FieldError> errors() {
    return List.copyOf(errors);
  }
}
