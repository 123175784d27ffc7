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

  /** Serialization failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /**
   * How the codes begin of what the database refuses and says so, and only ever before the commit:
   * one row asked for twice, bad values, broken constraints, conflicts, locks that did not come in
   * time.
   */
  private static final Set<String> REFUSALS = Set.of("21", "22", "23", "40001", "40P01", "55");

  private final String state;

  private LostRace(Throwable cause, String state) {
    super(cause.getMessage(), cause);
    this.state = state;
  }

  /** Whether two transactions stood in each other's way: the same again may well succeed. */
  static boolean isConflict(Exception failure) {
    return failure instanceof LostRace race && CONFLICTS.contains(race.state);
  }

  /** Whether the database refused it, so that nothing was written, whatever the reason. */
  static boolean isRefusal(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e
          && e.getSQLState() != null
          && REFUSALS.stream().anyMatch(e.getSQLState()::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /** A race that was seen to be lost before anything was written. */
  public static LostRace seen() {
    return new LostRace(
        new SQLException("somebody else was there first", UNIQUE_VIOLATION), UNIQUE_VIOLATION);
  }

  /** The failure as a lost race, if that is what is behind it; else the failure itself. */
  static PersistenceException of(String message, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostRace race) {
        return race;
      }
      String state = cause instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
      if (state.equals(UNIQUE_VIOLATION) || CONFLICTS.contains(state)) {
        return new LostRace(failure, state);
      }
    }
    return failure instanceof PersistenceException e
        ? e
        : new PersistenceException(message, failure);
  }
}
