package com.nineminds.alga.audit;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import com.nineminds.alga.http.request.CurrentRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Appends to the audit log in the caller's transaction. */
@ApplicationScoped
public class AuditLog {

  private static final Sql APPEND = Sql.file(AuditLog.class, "append_entry");

  @Inject Database database;
  @Inject CurrentRequest current;
  @Inject CurrentOperator currentOperator;

  /**
   * Binds the actor, the request and the address of the client.
   *
   * @param actor the actor of a request outside the console. In a console request, the signed-in
   *     operator ({@link CurrentOperator}) is bound instead.
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
   * @param tenantId null if no tenant is known
   * @param subject the object of the event; null if it is the tenant itself
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
