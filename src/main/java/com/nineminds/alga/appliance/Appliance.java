package com.nineminds.alga.appliance;

import com.nineminds.alga.registry.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/** One installed machine, as operators see it. Only conditional SQL statements change it. */
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

  /** The id of its row. */
  public long id() {
    return id;
  }

  public String applianceId() {
    return applianceId;
  }

  /** Null if the appliance redeemed a code without a tenant. */
  public TenantId tenantId() {
    return TenantId.of(tenantId);
  }

  /** When the appliance last redeemed a code. */
  public Instant registeredAt() {
    return registeredAt;
  }

  /** Null before the first check-in. */
  public Instant lastCheckinAt() {
    return lastCheckinAt;
  }

  public boolean neverCheckedIn() {
    return lastCheckinAt == null;
  }

  /** Null if the appliance was not revoked, or was registered again since. */
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

  /** The network of its last check-in. Null before the first check-in. */
  public String lastNetwork() {
    return lastNetwork;
  }

  /** The network from which it checked in before. Null if there is no other network. */
  public String otherNetwork() {
    return otherNetwork;
  }

  /** When it last checked in from {@link #otherNetwork}. Null if there is no other network. */
  public Instant otherNetworkAt() {
    return otherNetworkAt;
  }
}
