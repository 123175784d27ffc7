package com.nineminds.alga.db;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with parameters written {@code :name}, as JDBC takes it. Casts are written {@code CAST(x AS
 * t)}: a double colon would read as a parameter.
 *
 * <p>A statement for many asks at once says first what each of them gives: {@code WITH :asked(name
 * type, …)} is a part {@code asked (name, …, n)} with a row for each, and every row of the result
 * says by {@code n} whose it is.
 *
 * @param jdbc with question marks
 * @param names in the order of the question marks; a name may come more than once
 * @param types of the arrays of a statement for many, one for each name; else empty
 */
record NamedSql(String jdbc, List<String> names, List<String> types) {

  /** How many may ask at once. */
  static final int MOST = 32;

  private static final Pattern ASKED = Pattern.compile(":asked\\(([^)]*)\\)");
  private static final Pattern COLUMN = Pattern.compile("([a-z][a-z0-9_]*)\\s+([a-z0-9]+)");
  private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z0-9_]*)");

  boolean isForMany() {
    return !types.isEmpty();
  }

  static NamedSql parse(String sql) {
    Matcher asked = ASKED.matcher(sql);
    return asked.find()
        ? forMany(sql.substring(0, asked.start()), asked.group(1), sql.substring(asked.end()))
        : forOne(sql);
  }

  private static NamedSql forOne(String sql) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(sql);
    String jdbc =
        matcher.replaceAll(
            match -> {
              names.add(match.group(1));
              return "?";
            });
    return new NamedSql(jdbc, List.copyOf(names), List.of());
  }

  /**
   * The condition is true of all; but the planner thinks it rare, and so plans for one row, which
   * is found by an index, however small the tables are on that day. All in one order, so that two
   * statements do not wait for each other's rows.
   */
  private static NamedSql forMany(String before, String columns, String after) {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    List<String> arrays = new ArrayList<>();
    if (PARAMETER.matcher(before + after).find()) {
      throw new IllegalArgumentException("what is asked gives all values: " + after);
    }
    Matcher column = COLUMN.matcher(columns);
    while (column.find()) {
      names.add(column.group(1));
      types.add(column.group(2));
      arrays.add("CAST(? AS %s[])".formatted(column.group(2)));
    }
    String asked =
        """
        asked AS (
          SELECT * FROM unnest(%s) WITH ORDINALITY AS asked (%s, n)
          WHERE n BETWEEN 1 AND %d
          ORDER BY 1
        )
        """
            .formatted(String.join(", ", arrays), String.join(", ", names), MOST);
    return new NamedSql(before + asked + after, List.copyOf(names), List.copyOf(types));
  }
}
