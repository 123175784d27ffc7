package com.nineminds.alga.db;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meaning of PostgreSQL's SQLSTATEs for the service. A failure without an SQLSTATE is a lost
 * connection.
 */
public final class SqlStates {

  static final String UNIQUE_VIOLATION = "23505";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String NO_CONNECTION = "08";

  /** The server does not accept this client: it has no TLS, or another kind of sign-in. */
  private static final String REJECTED_CONNECTION = "08004";

  /** Serialization failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /**
   * The beginnings of the SQLSTATEs that the database reports only before a commit: cardinality,
   * bad values, broken constraints, conflicts, locks that were not granted in time.
   */
  private static final Set<String> REFUSALS = Set.of("21", "22", "23", "40001", "40P01", "55");

  /**
   * The beginnings of the SQLSTATEs after which a later try can succeed: a lost or refused
   * connection, a lost race, a lack of resources, a lock or a timeout, a shutdown, a read-only
   * server, a disk failure.
   */
  private static final Set<String> TRANSIENT =
      Set.of(NO_CONNECTION, "40", "53", "55", "57", UNIQUE_VIOLATION, "25006", "25P03", "58030");

  /**
   * The beginnings of the SQLSTATEs of a server that does not answer, or that is full, starting or
   * stopping.
   */
  private static final Set<String> AWAY = Set.of(NO_CONNECTION, "53", "57P0");

  private SqlStates() {}

  /** Whether the failure is temporary, so that a later try can succeed. */
  public static boolean isTransient(Throwable failure) {
    return of(failure).anyMatch(state -> begins(state, TRANSIENT));
  }

  /** Whether a lock was not granted in time. */
  public static boolean isLockTimeout(Throwable failure) {
    return of(failure).anyMatch(LOCK_NOT_AVAILABLE::equals);
  }

  /** Whether the server cannot be used now, so that a starting node waits for it. */
  public static boolean isAway(SQLException failure) {
    String state = state(failure);
    return begins(state, AWAY) && !state.equals(REJECTED_CONNECTION);
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
