package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/**
 * Another request was first. A unique index refused a row, or two transactions were in conflict.
 * Nothing was written. If the work begins again, it sees what the other request wrote. {@link
 * RetryPolicy} says how often the work is run.
 */
public final class LostRace extends PersistenceException {

  private final String state;

  LostRace(Throwable cause, String state) {
    super(cause.getMessage(), cause);
    this.state = state;
  }

  /** A lost race that the caller noticed before it wrote anything. */
  public static LostRace detected() {
    return new LostRace(
        new SQLException("another request was first", SqlStates.UNIQUE_VIOLATION),
        SqlStates.UNIQUE_VIOLATION);
  }

  /** The SQLSTATE of the refusal. */
  String state() {
    return state;
  }
}
