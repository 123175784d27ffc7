package com.nineminds.alga.audit;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.http.request.CurrentRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Appends to the audit log, always in the caller's transaction. */
@ApplicationScoped
public class AuditLog {

  private static final String INSERT =
      "INSERT INTO audit_log"
          + " (event, tenant_id, subject, detail, actor, operator, operator_sub, request_id, address) ";

  /** What {@link #bind} gives to a statement for many: see {@link Database#batched}. */
  public static final String ASKED =
      "actor text, operator text, operator_sub text, request_id text, address text";

  @Inject Database database;
  @Inject CurrentRequest current;
  @Inject CurrentOperator currentOperator;

  /**
   * The last part of a larger statement's WITH clause, which records what the parts before it did
   * and costs no round trip of its own. {@link #bind} sets its parameters.
   *
   * @param rows each made by {@link #row}
   */
  public static String with(String... rows) {
    return ", audit AS (" + INSERT + String.join(" UNION ALL ", rows) + ")\n";
  }

  /** The same, but for rows that a unique index of the log has already. */
  public static String withWhatIsNew(String... rows) {
    return ", audit AS ("
        + INSERT
        + String.join(" UNION ALL ", rows)
        + " ON CONFLICT DO NOTHING)\n";
  }

  /** A select of one audit row for each row of {@code from}; the arguments are SQL expressions. */
  public static String row(AuditEvent event, String tenantId, String subject, String from) {
    return row(event, tenantId, subject, "NULL", from);
  }

  /** The same, with a detail that the other columns do not tell. */
  public static String row(
      AuditEvent event, String tenantId, String subject, String detail, String from) {
    return "SELECT '%s', %s, %s, %s, :actor, :operator, :operator_sub, :request_id, :address FROM %s"
        .formatted(event, tenantId, subject, detail, from);
  }

  /** The same in a statement for many; {@code from} has the columns of {@link #ASKED}. */
  public static String rowOfEach(AuditEvent event, String tenantId, String subject, String from) {
    return rowOfEach(event, tenantId, subject, "NULL", from);
  }

  /** The same, with a detail that the other columns do not tell. */
  public static String rowOfEach(
      AuditEvent event, String tenantId, String subject, String detail, String from) {
    return "SELECT '%s', %s, %s, %s, actor, operator, operator_sub, request_id, address FROM %s"
        .formatted(event, tenantId, subject, detail, from);
  }

  /**
   * Sets who, in which request and from where.
   *
   * @param actor whose change it is on the routes; in a request of the console it is the operator's
   *     who is signed in ({@link CurrentOperator}), whatever is given here
   */
  public SqlCall bind(SqlCall call, Actor actor) {
    String operator = currentOperator.name();
    return call.with("actor", operator == null ? actor : Actor.operator)
        .with("operator", operator)
        .with("operator_sub", currentOperator.subject())
        .with("request_id", current.id())
        .with("address", current.address());
  }

  /**
   * Appends one row.
   *
   * @param actor as for {@link #bind}
   * @param tenantId null when no tenant is known
   * @param subject what it happened to; null when that is the tenant itself
   */
  public void append(AuditEvent event, Actor actor, UUID tenantId, String subject) {
    bind(
            database
                .query(
                    "WITH one AS (SELECT 1)"
                        + with(row(event, "CAST(:tenant_id AS uuid)", ":subject", "one"))
                        + "SELECT 1")
                .with("tenant_id", tenantId)
                .with("subject", subject),
            actor)
        .run();
  }
}
