package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Work that only one of the nodes does at a time. */
@ApplicationScoped
public class OneNode {

  private static final Sql TAKE_TURN =
      Sql.text("SELECT pg_try_advisory_xact_lock(hashtext(:name)) AS ours");

  @Inject Transactions transactions;
  @Inject Database database;

  /**
   * Runs {@code work} in a transaction of its own. Gives empty, and runs nothing, while another
   * node does the work of this name. The database frees the name of a node that died.
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
