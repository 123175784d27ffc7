package com.nineminds.alga.db.start;

/**
 * The database cannot be used by this release, and waiting does not help. The message is one line.
 */
public final class UnusableDatabase extends RuntimeException {

  /**
   * A failure with a message for the operator.
   *
   * @param message what is wrong with the database, and what to do
   */
  public UnusableDatabase(String message) {
    super(message);
  }
}
