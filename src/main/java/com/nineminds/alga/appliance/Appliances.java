package com.nineminds.alga.appliance;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/**
 * The installed machines. The writes of a redeem and of a check-in are in their own packages. Every
 * method joins the caller's transaction.
 */
@ApplicationScoped
public class Appliances {

  private static final Sql REVOKE = Sql.file(Appliances.class, "revoke_appliance");

  @PersistenceContext EntityManager em;
  @Inject Database database;
  @Inject AuditLog auditLog;

  /**
   * All appliances that chose this id: at most one of each tenant, and of each subscription without
   * a tenant.
   */
  List<Appliance> named(ApplianceId id) {
    return em.createQuery("FROM Appliance WHERE applianceId = :id", Appliance.class)
        .setParameter("id", id.value())
        .getResultList();
  }

  /**
   * The appliances of one tenant that chose this id. A subscription that was bound to the tenant
   * later may have brought some of them.
   */
  List<Appliance> named(ApplianceId id, TenantId tenant) {
    return em.createQuery(
            """
            SELECT a FROM Appliance a JOIN Entitlement e ON e.id = a.entitlementId
            WHERE a.applianceId = :id AND coalesce(a.tenantId, e.tenantId) = :tenant
            """,
            Appliance.class)
        .setParameter("id", id.value())
        .setParameter("tenant", tenant.value())
        .getResultList();
  }

  /** The newest appliances of the tenant, at most 100. The newest appliance is first. */
  public List<Appliance> of(TenantId tenant) {
    return em.createQuery(
            "FROM Appliance WHERE scopeId = :tenant ORDER BY registeredAt DESC", Appliance.class)
        .setParameter("tenant", tenant.value())
        .setMaxResults(100)
        .getResultList();
  }

  /**
   * Revokes the appliance. Its credential is refused from now on. A fresh code registers it again.
   */
  void revoke(Appliance appliance) {
    auditLog.bind(database.query(REVOKE).with("id", appliance.id), Actor.service).run();
  }
}
