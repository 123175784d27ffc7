package com.nineminds.alga.audit;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Reads the audit log, newest first, a page at a time: {@code before} is the id of the last entry
 * of the page before, null for the first page. Each is one statement.
 */
@ApplicationScoped
public class AuditTrail {

  /**
   * One row; actor and event as stored, since a newer release may have written ones that this one
   * does not know.
   *
   * @param operator who it was; null unless {@code actor} is an operator
   * @param operatorSubject by which an OpenID provider knows the operator; null for one with a
   *     password
   * @param tenantId null when no tenant was known
   * @param subject what it happened to; null when that is the tenant itself
   * @param detail what the rest does not tell; mostly null
   * @param address null, like {@code requestId}, for what no request did
   */
  public record AuditEntry(
      long id,
      Instant at,
      String actor,
      String operator,
      String operatorSubject,
      String event,
      UUID tenantId,
      String subject,
      String detail,
      String address,
      String requestId) {

    private static AuditEntry of(Row row) {
      return new AuditEntry(
          row.number("id"),
          row.instant("at"),
          row.text("actor"),
          row.text("operator"),
          row.text("operator_sub"),
          row.text("event"),
          row.uuid("tenant_id"),
          row.text("subject"),
          row.text("detail"),
          row.text("address"),
          row.text("request_id"));
    }
  }

  private static final Sql OF_TENANT = Sql.file(AuditTrail.class, "list_entries_of_tenant");
  private static final Sql LATEST = Sql.file(AuditTrail.class, "list_latest_entries");
  private static final Sql LATEST_OF_EVENT =
      Sql.file(AuditTrail.class, "list_latest_entries_of_event");

  @Inject Database database;

  /** What happened to the tenant. */
  public List<AuditEntry> of(UUID tenant, Long before, int limit) {
    return page(database.query(OF_TENANT).with("tenant_id", tenant), before, limit);
  }

  /**
   * The entries of the last 30 days of all tenants.
   *
   * @param event null for all
   */
  public List<AuditEntry> latest(AuditEvent event, Long before, int limit) {
    return page(
        event == null
            ? database.query(LATEST)
            : database.query(LATEST_OF_EVENT).with("event", event),
        before,
        limit);
  }

  private static List<AuditEntry> page(SqlCall call, Long before, int limit) {
    return call.with("before", before == null ? Long.MAX_VALUE : before)
        .with("limit", limit)
        .rows(AuditEntry::of);
  }
}
