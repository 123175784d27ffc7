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
 * The decisions of operators about a tenant: to suspend it, to cancel it, to open it again. A
 * tenant that is not open redeems no code and gets no code. Its check-ins are told that the license
 * is revoked. It keeps everything that it has, and everything works again after it is resumed.
 *
 * <p>Each method is one statement, which also writes the audit row. It joins the caller's
 * transaction if there is one. {@code seen} is the status that the operator's page showed. Each
 * method throws {@link UnknownTenant} if there is no such tenant. It throws {@link StandingChanged}
 * and changes nothing if the tenant's standing (open, suspended or cancelled) is not the standing
 * that the page showed, or does not allow the change.
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
   * Opens a suspended or cancelled tenant. If one of its codes was ever redeemed, it is installed,
   * and its next check-in makes it active. Otherwise it is registered.
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
