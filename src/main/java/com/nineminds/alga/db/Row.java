package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The current row of a result. Every getter returns null for a null, unless it says otherwise. It
 * throws {@link PersistenceException} if there is no such column.
 */
public final class Row {

  private final ResultSet rows;

  Row(ResultSet rows) {
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

  /** Returns false for a null. */
  public boolean flag(String column) {
    return Boolean.TRUE.equals(get(column, Boolean.class));
  }

  public Instant instant(String column) {
    OffsetDateTime time = get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The constant of an enum whose constants are spelled as in the database. */
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
