package com.nineminds.alga.db;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An SQL statement and the values that were bound so far. A run throws {@link
 * IllegalStateException} if a parameter has no value.
 */
public final class SqlCall {

  private final Database database;
  private final Sql sql;
  private final boolean batched;
  private final Map<String, Object> values = new HashMap<>();

  SqlCall(Database database, Sql sql, boolean batched) {
    this.database = database;
    this.sql = sql;
    this.batched = batched;
  }

  /**
   * Binds a text, a UUID, a number, a boolean, an enum constant, an instant, bytes, an array of
   * UUIDs or instants, or null. Throws {@link IllegalArgumentException} if the statement has no
   * such parameter.
   */
  public SqlCall with(String name, Object value) {
    if (!sql.names().contains(name)) {
      throw new IllegalArgumentException("no such parameter: " + name);
    }
    values.put(name, value);
    return this;
  }

  /**
   * Runs the statement and returns all rows, each mapped to a value. If the statement is its own
   * transaction, {@link RetryPolicy} says when it is run again.
   *
   * @param mapper returns plain data. For a batched call it may run on the thread of another
   *     request.
   */
  public <T> List<T> rows(Function<Row, T> mapper) {
    return database.rows(this, mapper);
  }

  /**
   * Runs the statement and returns its only row, or empty if there is none. Throws {@link
   * IllegalStateException} if there are more rows.
   */
  public <T> Optional<T> row(Function<Row, T> mapper) {
    List<T> found = rows(mapper);
    if (found.size() > 1) {
      throw new IllegalStateException("more than one row");
    }
    return found.stream().findFirst();
  }

  /** Runs the statement and ignores its rows. */
  public void run() {
    rows(row -> row);
  }

  Sql sql() {
    return sql;
  }

  boolean isBatched() {
    return batched;
  }

  Object value(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalStateException("parameter without a value: " + name);
    }
    return values.get(name);
  }
}
