package com.nineminds.alga.db;

/**
 * A database that this release cannot work with, however long it waits; the message is one line.
 */
public final class UnusableDatabase extends RuntimeException {

  /** What is wrong with the database, and what to do. */
  public UnusableDatabase(String message) {
    super(message);
  }
}
