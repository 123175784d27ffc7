package com.nineminds.alga.directory;

import com.nineminds.alga.appliance.Appliance;
import com.nineminds.alga.appliance.Appliances;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.IssuedCode;
import com.nineminds.alga.db.Transactions;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Entitlements;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.registry.DeploymentType;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.Tenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import com.nineminds.alga.registry.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Reads all data of one tenant that is shown, by four queries that each use an index. */
@ApplicationScoped
public class TenantDetails {

  @Inject Transactions transactions;
  @Inject Tenants tenants;
  @Inject Entitlements entitlements;
  @Inject ClaimCodes codes;
  @Inject Appliances appliances;
  @Inject Clock clock;

  /** Reads in one transaction. Throws {@code unknown_tenant}. */
  public Dossier read(TenantId id) {
    return transactions.run(
        () ->
            new Dossier(
                tenants.find(id).orElseThrow(UnknownTenant::new),
                entitlements.latestOf(id).orElse(null),
                codes.of(id),
                appliances.of(id)));
  }

  /** The same data as the route answers it. Throws {@code unknown_tenant}. */
  Detail of(TenantId id) {
    return Detail.of(read(id), clock.instant());
  }

  /** The whole answer; {@code entitlement} is null if the tenant never had one. */
  public record Detail(
      Shown tenant,
      @JsonbNillable Bought entitlement,
      List<Code> installCodes,
      List<Machine> appliances) {

    static Detail of(Dossier dossier, Instant now) {
      return new Detail(
          Shown.of(dossier.tenant()),
          dossier.entitlement() == null ? null : Bought.of(dossier.entitlement(), now),
          dossier.codes().stream().map(Code::of).toList(),
          dossier.appliances().stream().map(Machine::of).toList());
    }
  }

  /** The tenant itself. */
  public record Shown(
      String tenantId,
      Edition edition,
      ProductCode productCode,
      DeploymentType deploymentType,
      @JsonbNillable String region,
      TenantStatus status,
      String companyName,
      @JsonbNillable String contactName,
      String contactEmail,
      @JsonbNillable String stripeCustomerId,
      Instant registeredAt,
      @JsonbNillable Instant installedAt,
      Instant createdAt,
      Instant updatedAt) {

    static Shown of(Tenant tenant) {
      return new Shown(
          tenant.tenantId().toString(),
          tenant.edition(),
          tenant.productCode(),
          tenant.deploymentType(),
          tenant.region(),
          tenant.status(),
          tenant.companyName(),
          tenant.contactName(),
          tenant.contactEmail(),
          tenant.stripeCustomerId(),
          tenant.registeredAt(),
          tenant.installedAt(),
          tenant.createdAt(),
          tenant.updatedAt());
    }
  }

  /** Its subscription: the active one, else the newest. */
  @JsonbNillable
  public record Bought(
      String stripeSubId,
      Tier tier,
      @JsonbNillable Integer seats,
      boolean active,
      @JsonbNillable String licenseSub,
      boolean hasCurrentToken) {

    static Bought of(Entitlement entitlement, Instant now) {
      return new Bought(
          entitlement.stripeSubId(),
          entitlement.terms().tier(),
          entitlement.terms().seats(),
          entitlement.active(),
          entitlement.licenseSub(),
          entitlement.hasCurrentToken(now));
    }
  }

  /**
   * One of its codes, with only its last four characters; {@code expires_at} is in unix seconds.
   */
  public record Code(
      String codeMasked, long expiresAt, boolean consumed, boolean revoked, Instant createdAt) {

    static Code of(IssuedCode code) {
      return new Code(
          code.masked(),
          code.expiresAt().getEpochSecond(),
          code.consumed(),
          code.revoked(),
          code.createdAt());
    }
  }

  /** One of its appliances. */
  public record Machine(String applianceId, @JsonbNillable Instant lastCheckinAt, boolean revoked) {

    static Machine of(Appliance appliance) {
      return new Machine(appliance.applianceId(), appliance.lastCheckinAt(), appliance.revoked());
    }
  }
}
