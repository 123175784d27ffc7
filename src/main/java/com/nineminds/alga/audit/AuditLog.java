package com.nineminds.alga.audit;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.http.request.CurrentRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Appends to the audit log, always in the caller's transaction. */
@ApplicationScoped
public class AuditLog {

  private static final Sql APPEND = Sql.file(AuditLog.class, "append_entry");

  @Inject Database database;
  @Inject CurrentRequest current;
  @Inject CurrentOperator currentOperator;

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
                .query(APPEND)
                .with("event", event)
                .with("tenant_id", tenantId)
                .with("subject", subject),
            actor)
        .run();
  }
}
