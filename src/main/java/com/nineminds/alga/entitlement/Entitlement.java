package com.nineminds.alga.entitlement;

import com.nineminds.alga.registry.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One subscription and its license. Only {@link Entitlements} changes it. */
@Entity
@Table(name = "entitlements")
public class Entitlement {

  /** What was bought, without the buyer. {@code seats} null means unlimited. */
  public record Terms(Tier tier, Integer seats, Transport transport) {}

  @Id UUID id;

  @Column(name = "tenant_id")
  UUID tenantId;

  @Column(name = "stripe_sub_id")
  String stripeSubId;

  String customer;

  @Enumerated(EnumType.STRING)
  Tier tier;

  Integer seats;

  @Enumerated(EnumType.STRING)
  Transport transport;

  boolean active;

  @Column(name = "license_sub")
  String licenseSub;

  @Column(name = "current_token")
  String currentToken;

  @Column(name = "token_exp")
  Instant tokenExp;

  @Column(name = "token_terms")
  String tokenTerms;

  @Column(name = "created_at", insertable = false, updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Entitlement() {}

  Entitlement(String stripeSubId, TenantId tenantId, String customer, Terms terms, Instant now) {
    this.id = UUID.randomUUID();
    this.stripeSubId = stripeSubId;
    this.licenseSub = mintLicenseSub();
    renew(tenantId, customer, terms, now);
  }

  /** A new license {@code sub}. An entitlement keeps it for ever. */
  public static String mintLicenseSub() {
    return "lic_" + UUID.randomUUID();
  }

  public UUID id() {
    return id;
  }

  /** Null for a subscription that is bound to no tenant yet. */
  public TenantId tenantId() {
    return TenantId.of(tenantId);
  }

  public String stripeSubId() {
    return stripeSubId;
  }

  /** The name in the license if no tenant is known; may be null. */
  public String customer() {
    return customer;
  }

  public Terms terms() {
    return new Terms(tier, seats, transport);
  }

  public boolean active() {
    return active;
  }

  /** The {@code sub} of all its licenses. */
  public String licenseSub() {
    return licenseSub;
  }

  /** When its license expires; null if it has none. */
  public Instant tokenExp() {
    return tokenExp;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Whether it has a license that has not expired at {@code now}. */
  public boolean hasCurrentToken(Instant now) {
    return currentToken != null && tokenExp != null && tokenExp.isAfter(now);
  }

  /**
   * Binds it to the tenant if it is not bound, and makes it active with these terms. Returns
   * whether the binding, the terms or the active state changed.
   */
  boolean renew(TenantId tenant, String newCustomer, Terms terms, Instant now) {
    boolean binds = tenantId == null && tenant != null;
    boolean changes = binds || !active || !terms.equals(terms());
    if (binds) {
      // the update of this column fires the trigger bring_along
      tenantId = tenant.value();
    }
    if (newCustomer != null) {
      customer = newCustomer;
    }
    tier = terms.tier();
    seats = terms.seats();
    transport = terms.transport();
    active = true;
    updatedAt = now;
    return changes;
  }

  void revoke(Instant now) {
    active = false;
    updatedAt = now;
  }

  void hold(String token, Instant expires, String signedTerms, Instant now) {
    currentToken = token;
    tokenExp = expires;
    tokenTerms = signedTerms;
    updatedAt = now;
  }
}
