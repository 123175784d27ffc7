package com.nineminds.alga.db;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A statement that somebody waits for, and what came of it. */
final class Ask<T> {

  private final Statement statement;
  private final Function<Row, T> mapper;
  private final List<T> rows = new ArrayList<>();
  private boolean answered;
  private boolean repeatable;
  private RuntimeException failure;

  Ask(Statement statement, Function<Row, T> mapper) {
    this.statement = statement;
    this.mapper = mapper;
  }

  Statement statement() {
    return statement;
  }

  void begin() {
    rows.clear();
    answered = false;
    repeatable = false;
    failure = null;
  }

  /** What the mapper makes of it is this one's alone, and so is what the mapper throws. */
  void add(Row row) {
    try {
      rows.add(mapper.apply(row));
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /**
   * It was run to its end.
   *
   * @param alone whether it was alone: else there may be no row because another one, of the same
   *     thing, got it
   */
  void answered(boolean alone) {
    answered = true;
    repeatable = !alone && failure == null && rows.isEmpty();
  }

  /**
   * It was not run to its end.
   *
   * @param alone whether it was alone: else the failure may be another's
   */
  void failed(RuntimeException failure, boolean alone) {
    this.failure = failure;
    repeatable = LostRace.isConflict(failure) || (!alone && LostRace.isRefusal(failure));
  }

  /** Whether nothing was written, and the same again, alone, may well succeed. */
  boolean isRepeatable() {
    return repeatable;
  }

  /** Its rows; or throws what went wrong. */
  List<T> rows() {
    if (failure != null) {
      throw failure;
    }
    if (!answered) {
      throw new IllegalStateException("the statement was not run to its end");
    }
    return rows;
  }
}
