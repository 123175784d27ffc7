package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rules for running work again after the database refused it. Work is run at most three times.
 *
 * <ul>
 *   <li>SQLSTATE 40001 and 40P01 (serialization failure, deadlock): the database has rolled back
 *       the whole unit. The unit is run again: a transaction by {@link Transactions}, a statement
 *       that is its own transaction by {@link Database}. After the last run of a statement, {@link
 *       Database} throws the failure as no {@link LostRace}, so that no caller multiplies the runs.
 *   <li>SQLSTATE 23505 (unique violation): another request was first. The same statement would fail
 *       again. So the work is run again from its first read: by {@link Transactions}, or by a use
 *       case with {@link #run}.
 *   <li>A statement that several requests share, and that failed with a SQLSTATE of a refusal (see
 *       {@link SqlStates}): each of its calls is run alone, because another call may be the reason.
 *   <li>Nothing else is run again. After a lost connection, a shutdown or SQLSTATE 40003, nobody
 *       knows whether the commit was done. A second run could do the work twice.
 * </ul>
 */
public final class RetryPolicy {

  /** How often work is run at most, including the first run. */
  static final int RUNS = 3;

  private RetryPolicy() {}

  /**
   * Runs {@code work}, and runs it again if it throws a {@link LostRace}. After the last run,
   * throws that {@link LostRace}. A run that lost has written nothing to the database. So {@code
   * work} must have no other effect than on the database.
   */
  public static <T> T run(Supplier<T> work) {
    for (int run = 1; ; run++) {
      try {
        return work.get();
      } catch (LostRace race) {
        if (run == RUNS) {
          throw race;
        }
      }
    }
  }

  /** Whether the same statement may succeed when it is run again. */
  static boolean isConflict(Throwable failure) {
    return failure instanceof LostRace race && SqlStates.isConflict(race.state());
  }

  /**
   * The failure as a {@link LostRace}, if a lost race is its cause; otherwise the failure itself.
   */
  static PersistenceException asLostRace(String message, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostRace race) {
        return race;
      }
    }
    Optional<String> lost =
        SqlStates.of(failure)
            .filter(
                state -> state.equals(SqlStates.UNIQUE_VIOLATION) || SqlStates.isConflict(state))
            .findFirst();
    if (lost.isPresent()) {
      return new LostRace(failure, lost.get());
    }
    return failure instanceof PersistenceException e
        ? e
        : new PersistenceException(message, failure);
  }
}
