package com.nineminds.alga.db;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/**
 * Somebody else was there first: a unique index refused a row, and with it the whole statement.
 * What it was can be read now.
 */
public final class UniqueViolation extends PersistenceException {

  UniqueViolation(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
