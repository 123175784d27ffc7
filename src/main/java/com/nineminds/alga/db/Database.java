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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Inject DatabaseSettings settings;

  @Resource(lookup = "jdbc/alga")
  DataSource dataSource;

  @Resource TransactionSynchronizationRegistry transactions;

  private final Map<String, NamedSql> parsed = new ConcurrentHashMap<>();

  /** A statement that gives rows, with parameters written {@code :name}. */
  public Statement statement(String sql) {
    return new Statement(parsed.computeIfAbsent(sql, NamedSql::parse), false);
  }

  /**
   * The same, planned anew for its values each time: where the best plan depends on them, and the
   * one for all values that PostgreSQL would settle for in the end is a scan of a whole table for
   * some.
   */
  public Statement statementPlannedForItsValues(String sql) {
    return new Statement(parsed.computeIfAbsent(sql, NamedSql::parse), true);
  }

  /** A statement and the values bound so far. */
  public final class Statement {

    private final NamedSql sql;
    private final boolean plannedForItsValues;
    private final Map<String, Object> values = new HashMap<>();

    private Statement(NamedSql sql, boolean plannedForItsValues) {
      this.sql = sql;
      this.plannedForItsValues = plannedForItsValues;
    }

    /**
     * Binds a text, a UUID, a number, a truth value, bytes, an array of UUIDs or instants, or null.
     */
    public Statement with(String name, Object value) {
      if (!sql.names().contains(name)) {
        throw new IllegalArgumentException("no such parameter: " + name);
      }
      values.put(name, value);
      return this;
    }

    /**
     * All rows, each turned into a value while it is at hand. Where the statement is a transaction
     * of its own, one that the database undid because it stood in another's way is run again, up to
     * three times in all; never one of which nobody knows whether it was done.
     */
    public <T> List<T> rows(Function<Row, T> mapper) {
      for (int i = 1; ; i++) {
        try {
          return rowsOnce(mapper);
        } catch (LostRace race) {
          if (i == TRIES || !race.isConflict() || isWithinTransaction()) {
            throw race;
          }
        }
      }
    }

    private <T> List<T> rowsOnce(Function<Row, T> mapper) {
      try (Connection connection =
              dataSource.getConnection(settings.app().user(), settings.app().password());
          PreparedStatement statement = connection.prepareStatement(sql.jdbc())) {
        if (plannedForItsValues) {
          statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
        int index = 1;
        for (String name : sql.names()) {
          if (!values.containsKey(name)) {
            throw new IllegalStateException("parameter without a value: " + name);
          }
          bind(statement, index++, values.get(name));
        }
        List<T> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
          Row row = new Row(rows);
          while (rows.next()) {
            found.add(mapper.apply(row));
          }
        }
        return found;
      } catch (SQLException e) {
        throw LostRace.of(e.getMessage(), e);
      }
    }

    private boolean isWithinTransaction() {
      return transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }

    /** The only row, or empty. */
    public <T> Optional<T> row(Function<Row, T> mapper) {
      List<T> found = rows(mapper);
      if (found.size() > 1) {
        throw new IllegalStateException("more than one row");
      }
      return found.stream().findFirst();
    }

    /** Runs it for its effect. */
    public void run() {
      rows(row -> row);
    }

    private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
      if (value == null) {
        statement.setNull(index, Types.NULL);
      } else if (value instanceof Enum<?> word) {
        statement.setString(index, word.name());
      } else if (value instanceof byte[] bytes) {
        statement.setBytes(index, bytes);
      } else if (value instanceof Instant instant) {
        statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      } else if (value instanceof UUID[] ids) {
        statement.setArray(index, statement.getConnection().createArrayOf("uuid", ids));
      } else if (value instanceof Instant[] instants) {
        statement.setArray(index, statement.getConnection().createArrayOf("timestamptz", instants));
      } else {
        statement.setObject(index, value);
      }
    }
  }

  /** Rows of a statement, one at a time. Every getter gives null for a null. */
  public static final class Row {

    private final ResultSet rows;

    private Row(ResultSet rows) {
      this.rows = rows;
    }

    public String text(String column) {
      return get(column, String.class);
    }

    public UUID uuid(String column) {
      return get(column, UUID.class);
    }

    public Integer integer(String column) {
      return get(column, Integer.class);
    }

    public Long number(String column) {
      return get(column, Long.class);
    }

    public byte[] bytes(String column) {
      return get(column, byte[].class);
    }

    /** False for a null. */
    public boolean flag(String column) {
      return Boolean.TRUE.equals(get(column, Boolean.class));
    }

    public Instant instant(String column) {
      OffsetDateTime time = get(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant();
    }

    /** A word of an enum that is spelled as in the database. */
    public <E extends Enum<E>> E word(String column, Class<E> type) {
      String word = text(column);
      return word == null ? null : Enum.valueOf(type, word);
    }

    private <T> T get(String column, Class<T> type) {
      try {
        return rows.getObject(column, type);
      } catch (SQLException e) {
        throw new PersistenceException(e.getMessage(), e);
      }
    }
  }
}
