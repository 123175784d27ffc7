package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Compares a ledger with the service: the answers to its clients, and the rows of the database. */
final class Books {

  private static final int CLIENTS = 8;

  /** One line for each tenant, in the form of {@link Account#expected}. */
  private static final String TENANTS =
      """
      SELECT t.contact_email, concat_ws(' ', t.tenant_id, t.edition, t.status,
        'subscription ' || coalesce((
          SELECT string_agg(stripe_sub_id, ',') FROM entitlements e
          WHERE e.tenant_id = t.tenant_id AND e.active), 'none'),
        'key ' || coalesce((
          SELECT string_agg(idempotency_key, ',') FROM idempotency_keys k
          WHERE k.tenant_id = t.tenant_id), 'none'),
        'consumed ' || (
          SELECT count(*) FROM claim_codes c
          WHERE c.tenant_id = t.tenant_id AND c.consumed_at IS NOT NULL),
        'live ' || coalesce((
          SELECT string_agg(c.code_last4, ',') FROM claim_codes c
          WHERE c.tenant_id = t.tenant_id AND c.consumed_at IS NULL AND c.revoked_at IS NULL
            AND c.expires_at > now()), 'none'),
        'machines ' || coalesce((
          SELECT string_agg(a.appliance_id || '=' || encode(a.credential_hash, 'hex'), ','
            ORDER BY a.appliance_id COLLATE "C")
          FROM appliances a
          WHERE a.tenant_id = t.tenant_id AND a.revoked_at IS NULL), ''))
      FROM tenant_registry t WHERE t.contact_email LIKE ? || '-%'
      """;

  /** The requests that changed something, each with the place of its change in the order. */
  private static final String CHANGES =
      "SELECT request_id, max(id)::text FROM audit_log WHERE request_id LIKE ? || '.%' GROUP BY 1";

  private final Ledger ledger;
  private final Api api;
  private final Connection database;

  Books(Ledger ledger, Api api, Connection database) {
    this.ledger = ledger;
    this.api = api;
    this.database = database;
  }

  void check() {
    ConcurrentLinkedQueue<Life> open = new ConcurrentLinkedQueue<>(ledger.lives());
    AtOnce.times(CLIENTS, client -> each(open, Life::settle));
    compare();
    ConcurrentLinkedQueue<Life> settled = new ConcurrentLinkedQueue<>(ledger.lives());
    AtOnce.times(CLIENTS, client -> each(settled, Life::revisit));
    compare();
  }

  private boolean each(ConcurrentLinkedQueue<Life> lives, BiConsumer<Life, Caller> visit) {
    Caller caller = new Caller(ledger, () -> api, () -> false);
    for (Life life = lives.poll(); life != null; life = lives.poll()) {
      try {
        visit.accept(life, caller);
      } catch (RuntimeException e) {
        ledger.violation(life.account() + ": " + e);
      }
    }
    return true;
  }

  private void compare() {
    Map<String, List<String>> tenants = read(TENANTS);
    Map<String, List<String>> changes = read(CHANGES);
    for (Life life : ledger.lives()) {
      Account account = life.account();
      List<String> known = tenants.remove(account.email());
      if (account.state() != Account.State.unknown && !List.of(account.expected()).equals(known)) {
        ledger.violation("told " + account.expected() + "\nknown " + known);
      }
      account.changes().stream()
          .filter(change -> !changes.containsKey(change))
          .forEach(change -> ledger.violation(account + ": no record of " + change));
      account.overtaken().stream()
          .filter(overtaken -> !happened(overtaken, changes))
          .forEach(overtaken -> ledger.violation(account + ": nobody replaced " + overtaken));
    }
    tenants.forEach((email, known) -> ledger.violation("nobody asked for " + email + known));
  }

  private static boolean happened(Account.Overtaken overtaken, Map<String, List<String>> changes) {
    long acknowledged = Long.parseLong(changes.get(overtaken.acknowledged()).get(0));
    return overtaken.lost().stream()
        .flatMap(lost -> changes.getOrDefault(lost, List.of()).stream())
        .anyMatch(lost -> Long.parseLong(lost) > acknowledged);
  }

  private Map<String, List<String>> read(String sql) {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setString(1, ledger.name());
      Map<String, List<String>> all = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.computeIfAbsent(rows.getString(1), first -> new ArrayList<>()).add(rows.getString(2));
        }
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
