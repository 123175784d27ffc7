package com.nineminds.alga.db;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A statement and the values bound so far. */
public final class Statement {

  private final Database database;
  private final NamedSql sql;
  private final boolean plannedForItsValues;
  private final Map<String, Object> values = new HashMap<>();

  Statement(Database database, NamedSql sql, boolean plannedForItsValues) {
    this.database = database;
    this.sql = sql;
    this.plannedForItsValues = plannedForItsValues;
  }

  /**
   * Binds a text, a UUID, a number, a truth value, bytes, an array of UUIDs or instants, or null.
   */
  public Statement with(String name, Object value) {
    if (!sql.names().contains(name)) {
      throw new IllegalArgumentException("no such parameter: " + name);
    }
    values.put(name, value);
    return this;
  }

  /**
   * All rows, each turned into a value while it is at hand. Where the statement is a transaction of
   * its own, one that the database undid because it stood in another's way is run again, up to
   * three times in all; never one of which nobody knows whether it was done.
   *
   * @param mapper of a statement for many asks, may run in the thread of another request
   */
  public <T> List<T> rows(Function<Row, T> mapper) {
    return database.rows(this, mapper);
  }

  /** The only row, or empty. */
  public <T> Optional<T> row(Function<Row, T> mapper) {
    List<T> found = rows(mapper);
    if (found.size() > 1) {
      throw new IllegalStateException("more than one row");
    }
    return found.stream().findFirst();
  }

  /** Runs it for its effect. */
  public void run() {
    rows(row -> row);
  }

  NamedSql sql() {
    return sql;
  }

  boolean isPlannedForItsValues() {
    return plannedForItsValues;
  }

  Object value(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalStateException("parameter without a value: " + name);
    }
    return values.get(name);
  }
}
