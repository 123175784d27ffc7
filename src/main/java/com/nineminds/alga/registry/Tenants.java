package com.nineminds.alga.registry;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.LostRace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tenants. Every method joins the caller's transaction. */
@ApplicationScoped
public class Tenants {

  @PersistenceContext EntityManager em;
  @Inject AuditLog auditLog;
  @Inject Clock clock;

  /** The tenant. Empty if the registry does not know it. */
  public Optional<Tenant> find(TenantId id) {
    return read(id, LockModeType.NONE);
  }

  /**
   * The tenant, locked until the transaction ends. Requests that mint its codes or change its
   * subscription take this lock, so they run one after another.
   */
  public Optional<Tenant> lock(TenantId id) {
    return read(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Uses a query, not Hibernate's {@code find}. If the connection is dead, {@code find} returns
   * null, as if there were no such row (HHH-12472).
   */
  private Optional<Tenant> read(TenantId id, LockModeType lock) {
    return em
        .createQuery("FROM Tenant WHERE tenantId = :id", Tenant.class)
        .setParameter("id", id.value())
        .setLockMode(lock)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * Finds the tenant whose code is re-issued by e-mail address, and locks it. It is the tenant that
   * was installed last, else the tenant that was registered last. A cancelled tenant is found only
   * if all are cancelled. Throws {@link LostRace} if another tenant became the first meanwhile.
   */
  public Optional<Tenant> lockByEmail(EmailAddress email) {
    Optional<TenantId> first = firstOf(email);
    Optional<Tenant> locked = first.flatMap(this::lock);
    // another tenant may have become the first while this one waited for the lock
    if (!first.equals(firstOf(email))) {
      throw LostRace.detected();
    }
    return locked;
  }

  private Optional<TenantId> firstOf(EmailAddress email) {
    return em
        .createQuery(
            """
            SELECT tenantId FROM Tenant WHERE lower(contactEmail) = lower(:email)
            ORDER BY CASE WHEN status = cancelled THEN 1 ELSE 0 END,
              installedAt DESC NULLS LAST, registeredAt DESC
            """,
            UUID.class)
        .setParameter("email", email.value())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst()
        .map(TenantId::new);
  }

  /** The company names of these tenants. A tenant that the registry does not know is left out. */
  public Map<UUID, String> companies(List<UUID> tenants) {
    return em
        .createQuery(
            "SELECT tenantId, companyName FROM Tenant WHERE tenantId IN :tenants", Object[].class)
        .setParameter("tenants", tenants)
        .getResultList()
        .stream()
        .collect(Collectors.toMap(row -> (UUID) row[0], row -> (String) row[1]));
  }

  /**
   * Gives the tenant the edition that its subscription pays for.
   *
   * @param tenant locked by the caller
   * @param stripeCustomerId null keeps the present id
   */
  public void upgrade(Tenant tenant, Edition paid, String stripeCustomerId) {
    if (tenant.take(paid, stripeCustomerId, clock.instant())) {
      auditLog.append(
          AuditEvent.tenant_upgraded, Actor.service, tenant.tenantId().value(), paid.name());
    }
  }
}
