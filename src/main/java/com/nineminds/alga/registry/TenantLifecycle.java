package com.nineminds.alga.registry;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
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

  private static final Sql SUSPEND = Sql.file(TenantLifecycle.class, "suspend_tenant");
  private static final Sql RESUME = Sql.file(TenantLifecycle.class, "resume_tenant");
  private static final Sql CANCEL = Sql.file(TenantLifecycle.class, "cancel_tenant");

  @Inject Database database;
  @Inject AuditLog auditLog;

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

  private void run(Sql change, TenantId tenant, TenantStatus seen) {
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
