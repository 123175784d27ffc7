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
 * Reads the audit log page by page, the newest entry first. {@code before} is the id of the last
 * entry of the previous page. It is null for the first page. Each method runs one statement.
 */
@ApplicationScoped
public class AuditTrail {

  /**
   * One row. Actor and event are texts as stored, because a newer release may have written values
   * that this release does not know.
   *
   * @param operator the name of the operator; null unless {@code actor} is an operator
   * @param operatorSubject the operator's id at an OpenID provider; null for an operator with a
   *     password
   * @param tenantId null if no tenant was known
   * @param subject the object of the event; null if it is the tenant itself
   * @param detail further information; mostly null
   * @param address null, like {@code requestId}, if no request caused the event
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

  /** The entries of the tenant. */
  public List<AuditEntry> of(UUID tenant, Long before, int limit) {
    return page(database.query(OF_TENANT).with("tenant_id", tenant), before, limit);
  }

  /**
   * The entries of the last 30 days of all tenants.
   *
   * @param event null for all events
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
