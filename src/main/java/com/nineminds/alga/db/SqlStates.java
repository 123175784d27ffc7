package com.nineminds.alga.db;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the SQLSTATEs of PostgreSQL mean to the service. A failure without one is a lost connection.
 */
public final class SqlStates {

  static final String UNIQUE_VIOLATION = "23505";

  private static final String NO_CONNECTION = "08";

  /** Serialization failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /**
   * How the SQLSTATEs begin that the database reports only before a commit: cardinality, bad
   * values, broken constraints, conflicts, locks that were not granted in time.
   */
  private static final Set<String> REFUSALS = Set.of("21", "22", "23", "40001", "40P01", "55");

  /**
   * How the SQLSTATEs begin after which a later try can succeed: a lost or refused connection, a
   * lost race, a lack of resources, a lock or a timeout, a shutdown, a server that only reads, a
   * disk failure.
   */
  private static final Set<String> TRANSIENT =
      Set.of(NO_CONNECTION, "40", "53", "55", "57", UNIQUE_VIOLATION, "25006", "25P03", "58030");

  /** The server does not answer, or says that it is full, starting or stopping. */
  private static final Set<String> AWAY = Set.of(NO_CONNECTION, "53", "57P0");

  private SqlStates() {}

  /** Whether the cause is a temporary failure of the database, so that a later try can succeed. */
  public static boolean isTransient(Throwable failure) {
    return of(failure).anyMatch(state -> begins(state, TRANSIENT));
  }

  /** Whether the server cannot be used now, for a start that waits for it. */
  static boolean isAway(SQLException failure) {
    return begins(state(failure), AWAY);
  }

  /** Whether the database has refused the statement, so that it has written nothing. */
  static boolean isRefusal(Throwable failure) {
    return of(failure).anyMatch(state -> begins(state, REFUSALS));
  }

  /** Whether the same statement may succeed when it is run again. */
  static boolean isConflict(String state) {
    return CONFLICTS.contains(state);
  }

  /** The SQLSTATEs of the failure and of its causes. */
  static Stream<String> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(cause -> state((SQLException) cause));
  }

  private static String state(SQLException failure) {
    return Objects.requireNonNullElse(failure.getSQLState(), NO_CONNECTION);
  }

  private static boolean begins(String state, Set<String> beginnings) {
    return beginnings.stream().anyMatch(state::startsWith);
  }
}
