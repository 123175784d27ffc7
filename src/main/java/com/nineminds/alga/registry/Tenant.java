package com.nineminds.alga.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One customer installation. All modules may read it; only {@link Tenants} changes it. */
@Entity
@Table(name = "tenant_registry")
public class Tenant {

  @Id
  @Column(name = "tenant_id")
  UUID tenantId;

  @Enumerated(EnumType.STRING)
  @Column(name = "edition")
  Edition edition;

  @Enumerated(EnumType.STRING)
  @Column(name = "product_code")
  ProductCode productCode;

  @Enumerated(EnumType.STRING)
  @Column(name = "deployment_type")
  DeploymentType deploymentType;

  @Column(name = "region")
  String region;

  @Enumerated(EnumType.STRING)
  @Column(name = "status")
  TenantStatus status;

  @Column(name = "company_name")
  String companyName;

  @Column(name = "contact_name")
  String contactName;

  @Column(name = "contact_email")
  String contactEmail;

  @Column(name = "stripe_customer_id")
  String stripeCustomerId;

  @Column(name = "registered_at", insertable = false, updatable = false)
  Instant registeredAt;

  @Column(name = "installed_at", insertable = false, updatable = false)
  Instant installedAt;

  @Column(name = "created_at", insertable = false, updatable = false)
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Tenant() {}

  public TenantId tenantId() {
    return new TenantId(tenantId);
  }

  public Edition edition() {
    return edition;
  }

  public ProductCode productCode() {
    return productCode;
  }

  public DeploymentType deploymentType() {
    return deploymentType;
  }

  /** May be null. */
  public String region() {
    return region;
  }

  public TenantStatus status() {
    return status;
  }

  public String companyName() {
    return companyName;
  }

  /** May be null. */
  public String contactName() {
    return contactName;
  }

  public String contactEmail() {
    return contactEmail;
  }

  /** Whether the contact has this e-mail address. Upper and lower case are the same. */
  public boolean isContactedAt(EmailAddress email) {
    return contactEmail.equalsIgnoreCase(email.value());
  }

  /** May be null. */
  public String stripeCustomerId() {
    return stripeCustomerId;
  }

  public Instant registeredAt() {
    return registeredAt;
  }

  /** The last time a code of the tenant was redeemed; null before the first. */
  public Instant installedAt() {
    return installedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  /**
   * Takes the edition that its subscription pays for. Returns whether the edition changed.
   *
   * @param customerId null keeps the Stripe customer
   */
  boolean take(Edition paid, String customerId, Instant now) {
    if (customerId != null) {
      stripeCustomerId = customerId;
    }
    boolean changes = edition != paid;
    edition = paid;
    updatedAt = now;
    return changes;
  }
}
