package com.nineminds.alga.redeem;

import com.nineminds.alga.code.CodeProblem.ConsumedClaimCode;
import com.nineminds.alga.code.CodeProblem.ExpiredClaimCode;
import com.nineminds.alga.code.CodeProblem.SupersededClaimCode;
import com.nineminds.alga.code.CodeProblem.TenantMismatch;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.EntitlementProblem.EntitlementInactive;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.guessing.RateLimited;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A stored code, with everything that decides what it brings and whether it may be redeemed.
 *
 * @param expired whether the code has expired by the database's clock
 * @param consumedFor the tenant that the machine named when it redeemed the code; may be null
 * @param repeatable whether the retry window of the consumed code is open and no newer code
 *     replaced the code
 * @param namesKnownTenant whether the registry knows the tenant that the machine names now
 * @param tenant the tenant of the code, else of its entitlement, else the tenant that the machine
 *     names; may be null
 * @param status null if the registry does not know the tenant
 * @param entitlement null for a code of the free edition
 */
record CodeSnapshot(
    UUID id,
    Instant expiresAt,
    boolean expired,
    Instant consumedAt,
    String consumedBy,
    TenantId consumedFor,
    Instant revokedAt,
    Instant supersededAt,
    boolean repeatable,
    boolean namesKnownTenant,
    TenantId tenant,
    TenantStatus status,
    String companyName,
    String contactEmail,
    Bought entitlement) {

  /**
   * The entitlement that the code brings.
   *
   * @param bindable false if the entitlement is not bound yet, and the tenant has another active
   *     one
   * @param credentialUnused whether the credential that the code brought never checked in and is
   *     not revoked
   * @param repeatWait how long the appliance must wait before it may redeem the code again; zero
   *     unless it did so too often lately
   */
  record Bought(
      UUID id,
      Entitlement.Terms terms,
      boolean active,
      String licenseSub,
      String customer,
      boolean bindable,
      boolean credentialUnused,
      Duration repeatWait) {

    private static Bought of(Row row, Duration repeatsRoom) {
      Long repeats = row.number("repeats_for");
      Duration over = Duration.ofSeconds(repeats == null ? 0 : repeats).minus(repeatsRoom);
      return new Bought(
          row.uuid("entitlement_id"),
          new Entitlement.Terms(
              row.word("tier", Tier.class),
              row.integer("seats"),
              row.word("transport", Transport.class)),
          row.flag("active"),
          row.text("license_sub"),
          row.text("customer"),
          row.flag("bindable"),
          row.flag("credential_unused"),
          over.isNegative() ? Duration.ZERO : over);
    }
  }

  /**
   * Reads a row of {@code find_code}.
   *
   * @param repeatsRoom one more repeat is allowed while the earlier repeats count for at most this
   *     time
   */
  static CodeSnapshot of(Row row, Duration repeatsRoom) {
    return new CodeSnapshot(
        row.uuid("id"),
        row.instant("expires_at"),
        row.flag("expired"),
        row.instant("consumed_at"),
        row.text("consumed_by"),
        TenantId.of(row.uuid("consumed_tenant_id")),
        row.instant("revoked_at"),
        row.instant("superseded_at"),
        row.flag("repeatable"),
        row.flag("names_known_tenant"),
        TenantId.of(row.uuid("tenant_id")),
        row.word("status", TenantStatus.class),
        row.text("company_name"),
        row.text("contact_email"),
        row.uuid("entitlement_id") == null ? null : Bought.of(row, repeatsRoom));
  }

  /** Throws the first refusal that applies, in the order of the contract's table. */
  void requireRedeemable(RedeemRequest request) {
    if (consumedAt != null && !isRepeatOf(request)) {
      throw new ConsumedClaimCode(consumedAt);
    }
    if (consumedAt == null) {
      requireLive();
    }
    if (status != null) {
      status.requireOpen();
    }
    if (entitlement != null && !entitlement.active()) {
      throw new EntitlementInactive();
    }
    if (request.expected() != null && !request.expected().equals(tenant)) {
      throw new TenantMismatch();
    }
    if (namesKnownTenant && another(request.tenant()) != null) {
      throw new TenantMismatch();
    }
    if (entitlement != null && !entitlement.bindable()) {
      throw new TenantMismatch();
    }
    if (entitlement != null && isRepeatOf(request) && !entitlement.repeatWait().isZero()) {
      throw RateLimited.ofRepeats(entitlement.repeatWait());
    }
  }

  private void requireLive() {
    if (supersededAt != null) {
      throw SupersededClaimCode.replaced(supersededAt);
    }
    if (revokedAt != null && entitlement != null && !entitlement.active()) {
      throw new EntitlementInactive();
    }
    if (revokedAt != null) {
      throw SupersededClaimCode.revoked(revokedAt);
    }
    if (expired) {
      throw new ExpiredClaimCode(expiresAt);
    }
  }

  /**
   * Whether the appliance that consumed the code may redeem it again. Its first answer may be lost.
   * Some installations derive the same id, so the machine must also name the same tenant as then.
   */
  boolean isRepeatOf(RedeemRequest request) {
    return consumedAt != null
        && request.id().value().equals(consumedBy)
        && Objects.equals(another(request.tenant()), another(consumedFor))
        && repeatable
        && (entitlement == null || entitlement.credentialUnused());
  }

  /** The tenant that a machine names; null if it names none, or the tenant of the code. */
  private TenantId another(TenantId named) {
    return named == null || named.equals(tenant) ? null : named;
  }

  /**
   * The edition that the code brings. A code without an entitlement brings the free edition,
   * whatever edition its tenant has.
   */
  Edition edition() {
    return entitlement == null ? Edition.essentials : entitlement.terms().tier().edition();
  }

  /**
   * The name of the company. If the registry does not know the tenant, the customer of the license.
   */
  String customer() {
    return companyName != null || entitlement == null ? companyName : entitlement.customer();
  }

  /** The claims of its license. The code must have an entitlement. */
  LicenseClaims claims() {
    return new LicenseClaims(entitlement.licenseSub(), customer(), entitlement.terms(), tenant);
  }
}
