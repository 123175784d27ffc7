package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Somebody else was there first: a unique index refused a row, or two transactions stood in each
 * other's way. Nothing was written; whoever tries again sees what the other one did.
 */
public final class LostRace extends PersistenceException {

  private static final String UNIQUE_VIOLATION = "23505";

  /** Unique violation, serialization failure, deadlock. */
  private static final Set<String> STATES = Set.of(UNIQUE_VIOLATION, "40001", "40P01");

  private LostRace(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  /** A race that was seen to be lost before anything was written. */
  public static LostRace seen() {
    return new LostRace(new SQLException("somebody else was there first", UNIQUE_VIOLATION));
  }

  /** The failure as a lost race, if that is what is behind it; else the failure itself. */
  static PersistenceException of(String message, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostRace race) {
        return race;
      }
      if (cause instanceof SQLException e && STATES.contains(String.valueOf(e.getSQLState()))) {
        return new LostRace(failure);
      }
    }
    return failure instanceof PersistenceException e
        ? e
        : new PersistenceException(message, failure);
  }
}
