package com.nineminds.alga.registry;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.registry.RegistryProblem.StandingChanged;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * What operators decide about a tenant: to suspend it, to cancel it, to open it again. A tenant
 * that is not open redeems no code, gets no code and is told at its check-ins that its license is
 * revoked; whatever it has stays, and works again once it is resumed.
 *
 * <p>Each is one statement, which records itself, and joins the caller's transaction if there is
 * one. {@code seen} is the status that the operator's page showed. Each throws {@link
 * UnknownTenant}, or {@link StandingChanged} when the tenant is no longer open, suspended or
 * cancelled as it was then, or never was what the change starts from; nothing was changed then.
 */
@ApplicationScoped
public class TenantLifecycle {

  /**
   * Judges the row as it is once it is locked: whoever held the lock before may have changed it.
   */
  private static final String CHANGE =
      """
      WITH tenant AS (
        SELECT status,
               CASE WHEN status IN ('suspended', 'cancelled') THEN status ELSE 'open' END AS standing
        FROM tenant_registry WHERE tenant_id = :tenant_id
        FOR NO KEY UPDATE
      ), changed AS (
        UPDATE tenant_registry SET status = %s, updated_at = now()
        FROM tenant
        WHERE tenant_id = :tenant_id AND standing = :seen AND standing IN (%s)
        RETURNING tenant_id
      )
      """;

  private static final String SUSPEND =
      change(AuditEvent.tenant_suspended, "'open'", "'suspended'");

  private static final String RESUME =
      change(
          AuditEvent.tenant_resumed,
          "'suspended', 'cancelled'",
          "CASE WHEN installed_at IS NULL THEN 'registered' ELSE 'installed' END");

  private static final String CANCEL =
      change(AuditEvent.tenant_cancelled, "'open', 'suspended'", "'cancelled'");

  @Inject Database database;
  @Inject AuditLog auditLog;

  private static String change(AuditEvent event, String from, String to) {
    return CHANGE.formatted(to, from)
        + AuditLog.with(AuditLog.row(event, "tenant_id", "NULL", "changed"))
        + "SELECT status, EXISTS (SELECT FROM changed) AS changed FROM tenant";
  }

  /** Suspends an open tenant. */
  public void suspend(TenantId tenant, TenantStatus seen) {
    run(SUSPEND, tenant, seen);
  }

  /**
   * Opens a suspended or cancelled tenant: it is installed if a code of it was ever redeemed (its
   * next check-in makes it active), else registered.
   */
  public void resume(TenantId tenant, TenantStatus seen) {
    run(RESUME, tenant, seen);
  }

  /** Cancels a tenant that is open or suspended. */
  public void cancel(TenantId tenant, TenantStatus seen) {
    run(CANCEL, tenant, seen);
  }

  private record Outcome(TenantStatus before, boolean changed) {}

  private void run(String change, TenantId tenant, TenantStatus seen) {
    Outcome outcome =
        auditLog
            .bind(
                database
                    .query(change)
                    .with("tenant_id", tenant.value())
                    .with("seen", seen.standing()),
                Actor.service)
            .row(row -> new Outcome(row.word("status", TenantStatus.class), row.flag("changed")))
            .orElseThrow(UnknownTenant::new);
    if (!outcome.changed()) {
      throw new StandingChanged(outcome.before());
    }
  }
}
