package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A call that a request waits for, and its result. */
final class PendingCall<T> {

  private final SqlCall call;
  private final Function<Row, T> mapper;
  private final List<T> rows = new ArrayList<>();
  private boolean completed;
  private boolean repeatable;
  private RuntimeException failure;

  PendingCall(SqlCall call, Function<Row, T> mapper) {
    this.call = call;
    this.mapper = mapper;
  }

  SqlCall call() {
    return call;
  }

  /** Forgets the result of an earlier run. */
  void begin() {
    rows.clear();
    completed = false;
    repeatable = false;
    failure = null;
  }

  /** Adds a result row. A failure of the mapper belongs to this call alone. */
  void add(Row row) {
    try {
      rows.add(mapper.apply(row));
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /**
   * Records that the statement was run to its end.
   *
   * @param alone whether no other call shared the statement. If another call shared it, and this
   *     call has no row, the other call may have taken the row that both calls needed.
   */
  void complete(boolean alone) {
    completed = true;
    repeatable = !alone && failure == null && rows.isEmpty();
  }

  /**
   * Records that the statement failed.
   *
   * @param alone whether no other call shared the statement. If another call shared it, that call
   *     may have caused the failure.
   */
  void fail(RuntimeException failure, boolean alone) {
    this.failure = failure;
    repeatable = RetryPolicy.isConflict(failure) || (!alone && SqlStates.isRefusal(failure));
  }

  /** Whether nothing was written for this call, and a run alone may succeed. */
  boolean isRepeatable() {
    return repeatable;
  }

  /** The result rows. Throws the failure of the statement or of the mapper. */
  List<T> rows() {
    if (failure != null) {
      throw failure;
    }
    if (!completed) {
      throw new IllegalStateException("the statement was not run to its end");
    }
    return rows;
  }

  /**
   * The result rows after the last run. A conflict is now thrown as a failure that no caller
   * repeats: see {@link RetryPolicy}.
   */
  List<T> lastRows() {
    if (RetryPolicy.isConflict(failure)) {
      throw new PersistenceException(failure.getMessage(), failure.getCause());
    }
    return rows();
  }
}
