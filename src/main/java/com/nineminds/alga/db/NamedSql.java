package com.nineminds.alga.db;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with parameters written {@code :name}, as JDBC takes it. Casts are written {@code CAST(x AS
 * t)}: a double colon would read as a parameter.
 *
 * @param jdbc with question marks
 * @param names in the order of the question marks; a name may come more than once
 */
record NamedSql(String jdbc, List<String> names) {

  private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z0-9_]*)");

  static NamedSql parse(String sql) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(sql);
    String jdbc =
        matcher.replaceAll(
            match -> {
              names.add(match.group(1));
              return "?";
            });
    return new NamedSql(jdbc, List.copyOf(names));
  }
}
