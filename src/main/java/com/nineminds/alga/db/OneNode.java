package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Work that one node does at a time, of all that share the database. */
@ApplicationScoped
public class OneNode {

  private static final String TAKE_TURN =
      "SELECT pg_try_advisory_xact_lock(hashtext(:name)) AS ours";

  @Inject Transactions transactions;
  @Inject Database database;

  /**
   * Runs {@code work} in a transaction of its own; empty, and nothing was run, when another node is
   * at work of that name. A node that dies is not at work any more, as soon as the database knows.
   */
  public <T> Optional<T> run(String name, Supplier<T> work) {
    return transactions.run(
        () ->
            database
                .query(TAKE_TURN)
                .with("name", name)
                .row(row -> row.flag("ours"))
                .filter(ours -> ours)
                .map(ours -> work.get()));
  }
}
