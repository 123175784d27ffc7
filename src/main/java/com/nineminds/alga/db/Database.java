package com.nineminds.alga.db;

import com.nineminds.alga.batching.Batcher;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.postgresql.PGStatement;

/**
 * Runs SQL in PostgreSQL's own dialect, where a single round trip must do all the work. Examples
 * are a conditional update of several tables, and a page with everything that it shows. Entities
 * serve all other work.
 *
 * <p>A call joins the caller's transaction. Without a transaction, the call is its own transaction.
 * A failure is thrown as a {@link PersistenceException}, as by the entity manager. A lost race is
 * thrown as a {@link LostRace}.
 */
@ApplicationScoped
public class Database {

  /** After this time a waiting request runs its own statement: see {@link Batcher}. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** From this run on, the database keeps the statement and later its plan. */
  private static final int NAMED_FROM = 5;

  @Inject Connections connections;
  @Resource TransactionSynchronizationRegistry transactions;

  private final Map<String, Batcher<PendingCall<?>>> batchers = new ConcurrentHashMap<>();

  /** A call that runs a statement for its own request only. It may run inside a transaction. */
  public SqlCall query(Sql sql) {
    return new SqlCall(this, sql, false);
  }

  /**
   * A call that is grouped with the same calls of concurrent requests into one statement. The
   * description of the package {@code batching} has an example and the rules.
   *
   * <p>The statement is for many requests, as {@link Sql} says. Its part {@code asked} has one row
   * for each call. These rows are in the order of the first column, which is the order of the
   * locks. A call without a result row must have written nothing. It is run again alone if it
   * shared the statement, because another call may have taken the row that both calls needed.
   *
   * <p>The call throws {@link IllegalStateException} if it runs inside a transaction.
   */
  public SqlCall batched(Sql sql) {
    if (!sql.isForMany()) {
      throw new IllegalArgumentException("not a statement for many requests: " + sql.jdbc());
    }
    return new SqlCall(this, sql, true);
  }

  <T> List<T> rows(SqlCall call, Function<Row, T> mapper) {
    PendingCall<T> pending = new PendingCall<>(call, mapper);
    if (isWithinTransaction()) {
      if (call.isBatched()) {
        throw new IllegalStateException("a batched call must not run inside a transaction");
      }
      run(List.of(pending));
      return pending.rows();
    }
    if (call.isBatched()) {
      batcher(call.sql()).run(pending);
    } else {
      run(List.of(pending));
    }
    for (int run = 1; run < RetryPolicy.RUNS && pending.isRepeatable(); run++) {
      run(List.of(pending));
    }
    return pending.lastRows();
  }

  private boolean isWithinTransaction() {
    return transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
  }

  private Batcher<PendingCall<?>> batcher(Sql sql) {
    return batchers.computeIfAbsent(
        sql.jdbc(), key -> new Batcher<>(Sql.MOST, PATIENCE, this::run));
  }

  /** Runs the statement once for all its calls. Stores a failure in each of them. */
  private void run(List<PendingCall<?>> calls) {
    boolean alone = calls.size() == 1;
    calls.forEach(PendingCall::begin);
    try {
      send(calls.get(0).call(), calls);
      connections.answered();
      calls.forEach(call -> call.complete(alone));
    } catch (SQLException e) {
      PersistenceException failure = RetryPolicy.asLostRace(e.getMessage(), e);
      calls.forEach(call -> call.fail(failure, alone));
    } catch (RuntimeException e) {
      calls.forEach(call -> call.fail(e, alone));
    }
  }

  private void send(SqlCall first, List<PendingCall<?>> calls) throws SQLException {
    Sql sql = first.sql();
    try (Connection connection =
            isWithinTransaction() ? connections.ofTransaction() : connections.ofCall();
        PreparedStatement statement = connection.prepareStatement(sql.jdbc())) {
      if (!sql.isPlannedForItsValues() && !connections.isPooled(connection)) {
        statement.unwrap(PGStatement.class).setPrepareThreshold(NAMED_FROM);
      }
      if (sql.isForMany()) {
        bindArrays(statement, sql, calls);
      } else {
        bind(statement, first);
      }
      try (ResultSet rows = statement.executeQuery()) {
        Row row = new Row(rows);
        while (rows.next()) {
          calls.get(sql.isForMany() ? row.number("n").intValue() - 1 : 0).add(row);
        }
      }
    }
  }

  private static void bind(PreparedStatement to, SqlCall from) throws SQLException {
    int index = 1;
    for (String name : from.sql().names()) {
      Object value = plain(from.value(name));
      if (value == null) {
        to.setNull(index++, Types.NULL);
      } else if (value instanceof UUID[] ids) {
        to.setArray(index++, to.getConnection().createArrayOf("uuid", ids));
      } else if (value instanceof Instant[] instants) {
        to.setArray(index++, to.getConnection().createArrayOf("timestamptz", instants));
      } else {
        to.setObject(index++, value);
      }
    }
  }

  /** Binds one array for each parameter, with one element for each call. */
  private static void bindArrays(PreparedStatement to, Sql sql, List<PendingCall<?>> calls)
      throws SQLException {
    for (int i = 0; i < sql.names().size(); i++) {
      String name = sql.names().get(i);
      String type = sql.types().get(i);
      Object[] values =
          calls.stream()
              .map(pending -> plain(pending.call().value(name)))
              .toArray(type.equals("bytea") ? byte[][]::new : Object[]::new);
      to.setArray(i + 1, to.getConnection().createArrayOf(type, values));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Enum<?> word) {
      return word.name();
    }
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }
}
