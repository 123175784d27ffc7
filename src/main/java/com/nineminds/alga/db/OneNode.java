package com.nineminds.alga.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs work that only one node may do at a time. */
@ApplicationScoped
public class OneNode {

  private static final Sql TAKE_TURN =
      Sql.text("SELECT pg_try_advisory_xact_lock(hashtext(:name)) AS ours");

  @Inject Transactions transactions;
  @Inject Database database;

  /**
   * Runs {@code work} in its own transaction. Returns empty and runs nothing while another node
   * does work with this name. If a node dies, the database frees the name.
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
