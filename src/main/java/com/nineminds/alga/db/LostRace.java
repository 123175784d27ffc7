package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/**
 * Another request was first: a unique index refused a row, or two transactions stood in each
 * other's way. Nothing was written. Work that begins again sees what the other request did; {@link
 * RetryPolicy} says how often it does.
 */
public final class LostRace extends PersistenceException {

  private final String state;

  LostRace(Throwable cause, String state) {
    super(cause.getMessage(), cause);
    this.state = state;
  }

  /** A race that the use case saw before it wrote anything. */
  public static LostRace seen() {
    return new LostRace(
        new SQLException("another request was first", SqlStates.UNIQUE_VIOLATION),
        SqlStates.UNIQUE_VIOLATION);
  }

  /** The SQLSTATE of the refusal. */
  String state() {
    return state;
  }
}
