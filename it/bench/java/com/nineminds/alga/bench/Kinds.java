package com.nineminds.alga.bench;

import com.nineminds.alga.bench.Recording.Call;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The types of recorded values. A log has only texts. So a parameter gets the narrowest type that
 * fits all its values. The service binds its parameters with the same types.
 */
final class Kinds {

  /** The types, the narrowest first. */
  private enum Kind {
    UUID("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    BYTES("\\\\x[0-9a-f]*"),
    TIME("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?[+-]\\d\\d"),
    NUMBER("-?\\d{1,18}"),
    TEXT(".*");

    private final Pattern pattern;

    Kind(String pattern) {
      this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    private boolean fits(String value) {
      return pattern.matcher(value).matches();
    }

    private static Kind of(String value) {
      return Arrays.stream(values()).filter(kind -> kind.fits(value)).findFirst().orElse(TEXT);
    }
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]x");

  private final Map<String, Kind[]> kinds = new HashMap<>();

  /** Looks at the values of one more call. */
  void learn(Call call) {
    Kind[] known = kinds.computeIfAbsent(call.sql(), sql -> new Kind[call.values().size()]);
    for (int i = 0; i < known.length; i++) {
      String value = call.values().get(i);
      if (value != null) {
        Kind kind = Kind.of(value);
        known[i] = known[i] == null || known[i] == kind ? kind : Kind.TEXT;
      }
    }
  }

  /** Sets the values of a call that {@link #learn} has seen. */
  void bind(PreparedStatement statement, Call call) throws SQLException {
    Kind[] known = kinds.get(call.sql());
    List<String> values = call.values();
    for (int i = 0; i < known.length; i++) {
      String value = values.get(i);
      if (value == null) {
        statement.setNull(i + 1, Types.NULL);
        continue;
      }
      switch (known[i]) {
        case UUID -> statement.setObject(i + 1, UUID.fromString(value));
        case BYTES -> statement.setBytes(i + 1, HexFormat.of().parseHex(value.substring(2)));
        case TIME -> statement.setObject(i + 1, OffsetDateTime.parse(value, TIME));
        case NUMBER -> statement.setObject(i + 1, Long.valueOf(value));
        case TEXT -> statement.setString(i + 1, value);
      }
    }
  }
}
