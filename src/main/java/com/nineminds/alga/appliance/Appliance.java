package com.nineminds.alga.appliance;

import com.nineminds.alga.registry.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/** One installed machine, as operators see it. Only statements change it, under conditions. */
@Entity
@Table(name = "appliances")
public class Appliance {

  @Id Long id;

  @Column(name = "appliance_id")
  String applianceId;

  @Column(name = "tenant_id")
  UUID tenantId;

  @Column(name = "entitlement_id")
  UUID entitlementId;

  @Column(name = "scope_id", insertable = false, updatable = false)
  UUID scopeId;

  @Column(name = "last_checkin_at")
  Instant lastCheckinAt;

  @Column(name = "revoked_at")
  Instant revokedAt;

  @Column(name = "registered_at")
  Instant registeredAt;

  @Column(name = "last_network")
  String lastNetwork;

  @Column(name = "other_network")
  String otherNetwork;

  @Column(name = "other_network_at")
  Instant otherNetworkAt;

  @Formula("now() - alternated_at < '7 days'")
  Boolean alternating;

  protected Appliance() {}

  /** Of its row. */
  public long id() {
    return id;
  }

  public String applianceId() {
    return applianceId;
  }

  /** Null for one that came with a code without a tenant. */
  public TenantId tenantId() {
    return TenantId.of(tenantId);
  }

  /** When it redeemed its code, the last time. */
  public Instant registeredAt() {
    return registeredAt;
  }

  /** Null before the first. */
  public Instant lastCheckinAt() {
    return lastCheckinAt;
  }

  public boolean neverCheckedIn() {
    return lastCheckinAt == null;
  }

  /** Null for one that was not revoked, or came back since. */
  public Instant revokedAt() {
    return revokedAt;
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /**
   * Whether its credential was used from two networks in turn within the last 7 days: from {@link
   * #lastNetwork} and {@link #otherNetwork}.
   */
  public boolean alternating() {
    return Boolean.TRUE.equals(alternating);
  }

  /** Where its last check-in came from; null before the first. */
  public String lastNetwork() {
    return lastNetwork;
  }

  /** Where it checked in from before; null where that was nowhere else. */
  public String otherNetwork() {
    return otherNetwork;
  }

  /** When it last checked in from there. */
  public Instant otherNetworkAt() {
    return otherNetworkAt;
  }
}
