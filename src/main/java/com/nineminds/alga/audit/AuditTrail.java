package com.nineminds.alga.audit;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
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

  private static final String PAGE =
      """
      SELECT id, at, actor, operator, operator_sub, event, tenant_id, subject, detail, address,
        request_id
      FROM audit_log WHERE %s ORDER BY %s LIMIT :limit
      """;

  private static final String OF_TENANT =
      PAGE.formatted("tenant_id = :tenant_id AND id < :before", "id DESC");

  /**
   * The page comes first: to look for more of the last 30 days would be to read all before them.
   */
  private static final String LATEST =
      "SELECT * FROM (%s) newest WHERE at > now() - interval '30 days' ORDER BY id DESC";

  private static final String LATEST_OF_ALL =
      LATEST.formatted(PAGE.formatted("id < :before", "id DESC"));

  /**
   * Says neither that the event is equal nor that the order is that of ids alone: by those, all
   * events would be read in the order of their ids, to the beginning of the log for a rare one.
   */
  private static final String LATEST_OF_EVENT =
      LATEST.formatted(
          PAGE.formatted(
              "event >= :event AND (event, id) < (:event, :before)", "event DESC, id DESC"));

  @Inject Database database;

  /** What happened to the tenant. */
  public List<AuditEntry> of(UUID tenant, Long before, int limit) {
    return page(database.query(OF_TENANT).with("tenant_id", tenant), before, limit);
  }

  /**
   * What happened in the last 30 days, whoever the tenant.
   *
   * @param event null for all
   */
  public List<AuditEntry> latest(AuditEvent event, Long before, int limit) {
    return page(
        event == null
            ? database.query(LATEST_OF_ALL)
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
