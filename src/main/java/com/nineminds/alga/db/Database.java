package com.nineminds.alga.db;

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
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/**
 * Statements in PostgreSQL's own SQL, for what has to be one round trip: a conditional update that
 * writes every table it concerns, a page with all that it shows. Entities serve the rest.
 *
 * <p>A statement joins the caller's transaction; where there is none it is a transaction of its
 * own. What goes wrong is thrown as a {@link PersistenceException}, as by the entity manager; a
 * lost race for a unique index as a {@link LostRace}.
 */
@ApplicationScoped
public class Database {

  private static final int TRIES = 3;

  /** How long a request waits for the statement of others before it runs its own alone. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  @Inject DatabaseSettings settings;

  /** Within a transaction, whoever else asks for a connection has the same one. */
  @Resource(lookup = "jdbc/alga")
  DataSource shared;

  /**
   * Elsewhere the server would keep such a one for the request, to its very end: sixteen of them
   * would wait for those who wait for a connection.
   */
  @Resource(lookup = "jdbc/alga", shareable = false)
  DataSource unshared;

  @Resource TransactionSynchronizationRegistry transactions;

  private final Map<String, NamedSql> parsed = new ConcurrentHashMap<>();
  private final Map<String, Together<Ask<?>>> together = new ConcurrentHashMap<>();

  /**
   * A statement that gives rows, with parameters written {@code :name}.
   *
   * <p>One that begins with {@code WITH :asked(name type, …)} is for many requests: those that come
   * while it is under way for others go together as the next one, in one transaction with one
   * commit. {@code asked (name, …, n)} has a row for each of them, in the order of its first
   * column, which is to be what is locked first; and each row of the result says by {@code n} whose
   * it is. Nothing must have been written for whom there is no row: that one is asked again alone,
   * in case another got the row that both asked for; and so is each of them when the database
   * refuses all for what one asks.
   */
  public Statement statement(String sql) {
    return new Statement(this, parsed.computeIfAbsent(sql, NamedSql::parse), false);
  }

  /**
   * The same, planned anew for its values each time: where the best plan depends on them, and the
   * one for all values that PostgreSQL would settle for in the end is a scan of a whole table for
   * some.
   */
  public Statement statementPlannedForItsValues(String sql) {
    return new Statement(this, parsed.computeIfAbsent(sql, NamedSql::parse), true);
  }

  <T> List<T> rows(Statement statement, Function<Row, T> mapper) {
    Ask<T> ask = new Ask<>(statement, mapper);
    if (isWithinTransaction()) {
      run(List.of(ask), shared);
      return ask.rows();
    }
    if (statement.sql().isForMany()) {
      together(statement.sql()).ask(ask);
    } else {
      run(List.of(ask), unshared);
    }
    for (int i = 1; i < TRIES && ask.isRepeatable(); i++) {
      run(List.of(ask), unshared);
    }
    return ask.rows();
  }

  private boolean isWithinTransaction() {
    return transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
  }

  private Together<Ask<?>> together(NamedSql sql) {
    return together.computeIfAbsent(
        sql.jdbc(), key -> new Together<>(NamedSql.MOST, PATIENCE, asks -> run(asks, unshared)));
  }

  /** Runs the same statement once for all of them; what goes wrong is kept with each. */
  private void run(List<Ask<?>> asks, DataSource from) {
    boolean alone = asks.size() == 1;
    asks.forEach(Ask::begin);
    try {
      query(asks.get(0).statement(), asks, from);
      asks.forEach(ask -> ask.answered(alone));
    } catch (SQLException e) {
      PersistenceException failure = LostRace.of(e.getMessage(), e);
      asks.forEach(ask -> ask.failed(failure, alone));
    } catch (RuntimeException e) {
      asks.forEach(ask -> ask.failed(e, alone));
    }
  }

  private void query(Statement first, List<Ask<?>> asks, DataSource from) throws SQLException {
    NamedSql sql = first.sql();
    try (Connection connection =
            from.getConnection(settings.app().user(), settings.app().password());
        PreparedStatement statement = connection.prepareStatement(sql.jdbc())) {
      if (first.isPlannedForItsValues()) {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      }
      if (sql.isForMany()) {
        bindArrays(statement, sql, asks);
      } else {
        bind(statement, first);
      }
      try (ResultSet rows = statement.executeQuery()) {
        Row row = new Row(rows);
        while (rows.next()) {
          asks.get(sql.isForMany() ? row.number("n").intValue() - 1 : 0).add(row);
        }
      }
    }
  }

  private static void bind(PreparedStatement to, Statement from) throws SQLException {
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

  /** One array for each parameter, with the value of each ask. */
  private static void bindArrays(PreparedStatement to, NamedSql sql, List<Ask<?>> asks)
      throws SQLException {
    for (int i = 0; i < sql.names().size(); i++) {
      String name = sql.names().get(i);
      String type = sql.types().get(i);
      Object[] values =
          asks.stream()
              .map(ask -> plain(ask.statement().value(name)))
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
