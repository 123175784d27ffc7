package com.nineminds.alga.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole SQL statement with parameters that are written {@code :name}. A cast is written {@code
 * CAST(x AS t)}, because a double colon would look like a parameter.
 *
 * <p>A statement for many requests reads their values from {@code FROM unnest(CAST(:name AS
 * type[]), …) WITH ORDINALITY AS asked (name, …, n)}. The column {@code n} (from 1) of each result
 * row says which request the row answers.
 *
 * <p>A statement with the comment {@code planned for its values} gets a new plan for each call. The
 * plan is made for the values of the parameters, because the best plan depends on them.
 *
 * @param jdbc the statement with question marks
 * @param names the parameters in the order of the question marks; a name may occur several times
 * @param types the element types of the arrays of a statement for many requests, one for each name;
 *     empty for any other statement
 */
public record Sql(String jdbc, List<String> names, List<String> types) {

  /**
   * How many requests one statement serves at most. The text of each statement for many requests
   * contains this limit too.
   */
  static final int MOST = 32;

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*\\n");
  private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z0-9_]*)");
  private static final Pattern ARRAY = Pattern.compile("CAST\\(:([a-z0-9_]+) AS ([a-z]+)\\[]\\)");
  private static final String FOR_MANY = "WITH ORDINALITY AS asked";
  private static final String PLANNED_FOR_ITS_VALUES = "/* planned for its values */";

  /**
   * Reads the file {@code name.sql} of the module.
   *
   * @param owner a class of the module, whose package is the folder of the file
   * @throws IllegalArgumentException if there is no such file
   */
  public static Sql file(Class<?> owner, String name) {
    try (InputStream file = owner.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("no such file: " + name + ".sql");
      }
      return text(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A short statement, written in the class that uses it. Throws {@link IllegalArgumentException}
   * if a parameter of a statement for many requests is not an array.
   */
  public static Sql text(String sql) {
    String text = COMMENT.matcher(sql).replaceAll("");
    List<String> names = new ArrayList<>();
    String jdbc =
        PARAMETER
            .matcher(text)
            .replaceAll(
                parameter -> {
                  names.add(parameter.group(1));
                  return "?";
                });
    List<String> types = text.contains(FOR_MANY) ? types(text, names) : List.of();
    return new Sql(jdbc, List.copyOf(names), List.copyOf(types));
  }

  private static List<String> types(String text, List<String> names) {
    List<String> types = new ArrayList<>();
    Matcher array = ARRAY.matcher(text);
    while (array.find()) {
      types.add(array.group(2));
    }
    if (types.size() != names.size()) {
      throw new IllegalArgumentException(
          "a parameter of a statement for many requests is not an array");
    }
    return types;
  }

  boolean isForMany() {
    return !types.isEmpty();
  }

  boolean isPlannedForItsValues() {
    return jdbc.contains(PLANNED_FOR_ITS_VALUES);
  }
}
