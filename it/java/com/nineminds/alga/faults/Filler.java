package com.nineminds.alga.faults;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a body consists of that has as many values as it holds. */
enum Filler {
  STRINGS,
  MEMBERS,
  OBJECTS,
  ARRAYS,
  NUMBERS;

  /** The longest body that is allowed. */
  static final int LIMIT = 64 * 1024;

  String body() {
    String values =
        switch (this) {
          case STRINGS -> "\"x\":[" + many("\"\"") + "]";
          case MEMBERS ->
              IntStream.range(0, 6_500)
                  .mapToObj(i -> "\"m" + i + "\":0")
                  .collect(Collectors.joining(","));
          case OBJECTS -> "\"x\":[" + many("{\"a\":{}}") + "]";
          case ARRAYS -> "\"x\":[" + many("[[]]") + "]";
          case NUMBERS -> "\"x\":[" + many("1") + "]";
        };
    return "{\"claim_code\":\"ZZZZ9999\",\"appliance_id\":\"a\"," + values + "}";
  }

  private static String many(String value) {
    return (value + ",").repeat((LIMIT - 100) / (value.length() + 1)) + value;
  }
}
