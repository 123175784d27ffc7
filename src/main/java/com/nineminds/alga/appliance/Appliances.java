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
 * The installed machines, apart from what a redeem and a check-in write. Every method joins the
 * caller's transaction.
 */
@ApplicationScoped
public class Appliances {

  private static final Sql REVOKE = Sql.file(Appliances.class, "revoke_appliance");

  @PersistenceContext EntityManager em;
  @Inject Database database;
  @Inject AuditLog auditLog;

  /** All that chose this id: one of each tenant, and of each subscription without a tenant. */
  List<Appliance> named(ApplianceId id) {
    return em.createQuery("FROM Appliance WHERE applianceId = :id", Appliance.class)
        .setParameter("id", id.value())
        .getResultList();
  }

  /** The same, of one tenant: its own, and those of a subscription that was bound to it later. */
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

  /** The appliances of the tenant, the newest first, at most 100. */
  public List<Appliance> of(TenantId tenant) {
    return em.createQuery(
            "FROM Appliance WHERE scopeId = :tenant ORDER BY registeredAt DESC", Appliance.class)
        .setParameter("tenant", tenant.value())
        .setMaxResults(100)
        .getResultList();
  }

  /** Its credential is good for nothing from now on; a fresh code brings it back. */
  void revoke(Appliance appliance) {
    auditLog.bind(database.query(REVOKE).with("id", appliance.id), Actor.service).run();
  }
}
