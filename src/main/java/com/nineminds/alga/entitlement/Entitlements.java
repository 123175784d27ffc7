package com.nineminds.alga.entitlement;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.entitlement.EntitlementProblem.EntitlementConflict;
import com.nineminds.alga.entitlement.EntitlementProblem.UnknownEntitlement;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The subscriptions. Every method joins the caller's transaction, and a lock is held until it ends.
 * A caller that locks a tenant and a subscription locks the tenant first.
 */
@ApplicationScoped
public class Entitlements {

  @PersistenceContext EntityManager em;
  @Inject AuditLog auditLog;
  @Inject Clock clock;

  /** The subscription, without a lock. */
  public Optional<Entitlement> find(String stripeSubId) {
    return em
        .createQuery("FROM Entitlement WHERE stripeSubId = :sub", Entitlement.class)
        .setParameter("sub", stripeSubId)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The subscription, without a lock. Throws {@link UnknownEntitlement}. */
  public Entitlement require(String stripeSubId) {
    return find(stripeSubId).orElseThrow(UnknownEntitlement::new);
  }

  /** The active subscription of the tenant. */
  public Optional<Entitlement> activeOf(TenantId tenant) {
    return em
        .createQuery("FROM Entitlement WHERE tenantId = :tenant AND active", Entitlement.class)
        .setParameter("tenant", tenant.value())
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * The subscription to show for the tenant: the active one, else the newest; empty if there is
   * none.
   */
  public Optional<Entitlement> latestOf(TenantId tenant) {
    return em
        .createQuery(
            "FROM Entitlement WHERE tenantId = :tenant ORDER BY active DESC, createdAt DESC",
            Entitlement.class)
        .setParameter("tenant", tenant.value())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Reads the subscription again, and locks it. */
  public Entitlement lock(Entitlement entitlement) {
    em.refresh(entitlement, LockModeType.PESSIMISTIC_WRITE);
    return entitlement;
  }

  /**
   * Creates the subscription, or changes it and makes it active again. Binds it to {@code tenant}
   * if it is not bound.
   *
   * @param tenant null keeps the binding
   * @param customer null keeps the customer
   * @throws EntitlementConflict if it is bound to another tenant, or its tenant has another active
   *     one
   */
  public Entitlement renew(
      String stripeSubId, TenantId tenant, String customer, Entitlement.Terms terms) {
    Instant now = clock.instant();
    Entitlement entitlement = find(stripeSubId).map(this::lock).orElse(null);
    TenantId bound = entitlement == null ? null : entitlement.tenantId();
    if (bound != null && tenant != null && !bound.equals(tenant)) {
      throw EntitlementConflict.ofAnotherTenant();
    }
    TenantId owner = bound == null ? tenant : bound;
    if (owner != null) {
      requireNoOther(owner, stripeSubId);
    }
    boolean changed = true;
    if (entitlement == null) {
      entitlement = new Entitlement(stripeSubId, tenant, customer, terms, now);
      em.persist(entitlement);
    } else {
      changed = entitlement.renew(tenant, customer, terms, now);
    }
    if (changed) {
      // the audit row comes first: flush may fire the trigger bring_along, whose rows copy from it
      auditLog.append(
          AuditEvent.entitlement_changed, Actor.service, TenantId.uuid(owner), stripeSubId);
      em.flush();
    }
    return entitlement;
  }

  /** Locks the subscription, and ends it if it is active. */
  public Entitlement revoke(Entitlement entitlement) {
    if (lock(entitlement).active()) {
      entitlement.revoke(clock.instant());
      auditLog.append(
          AuditEvent.entitlement_revoked,
          Actor.service,
          TenantId.uuid(entitlement.tenantId()),
          entitlement.stripeSubId());
    }
    return entitlement;
  }

  /**
   * Stores the license that was signed last.
   *
   * @param signedTerms its fingerprint
   */
  public void hold(Entitlement entitlement, String token, Instant expires, String signedTerms) {
    entitlement.hold(token, expires, signedTerms, clock.instant());
  }

  /** Throws {@link EntitlementConflict} if the tenant has another active subscription. */
  public void requireNoOther(TenantId tenant, String stripeSubId) {
    activeOf(tenant)
        .filter(other -> !Objects.equals(other.stripeSubId(), stripeSubId))
        .ifPresent(
            other -> {
              throw EntitlementConflict.ofAnotherSubscription();
            });
  }
}
