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
import java.util.UUID;

/**
 * A code that exists, with all that decides what it brings and whether it may be redeemed.
 *
 * @param expired by the database's clock
 * @param repeatable consumed so lately, with no newer code since, that its own appliance may have
 *     it again
 * @param tenant the code's own, else its entitlement's, else what the machine said; may be null
 * @param status null for a tenant that the registry does not know
 * @param entitlement null for a code that brings the free edition
 */
record CodeSnapshot(
    UUID id,
    Instant expiresAt,
    boolean expired,
    Instant consumedAt,
    String consumedBy,
    Instant revokedAt,
    Instant supersededAt,
    boolean repeatable,
    TenantId tenant,
    TenantStatus status,
    String companyName,
    String contactEmail,
    Bought entitlement) {

  /**
   * What the code was bought with.
   *
   * @param bindable false when binding it to the tenant would give that one a second subscription
   * @param credentialUnused whether the credential that this code brought never checked in
   * @param repeatWait until its appliance may redeem it again; zero unless that appliance redeemed
   *     it again very often lately
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

    private static Bought of(Row row, Duration mostRepeats) {
      Long repeats = row.number("repeats_for");
      Duration over = Duration.ofSeconds(repeats == null ? 0 : repeats).minus(mostRepeats);
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
   * The code of a row of the look-up.
   *
   * @param mostRepeats how long its repeats may count for one more to be allowed
   */
  static CodeSnapshot of(Row row, Duration mostRepeats) {
    return new CodeSnapshot(
        row.uuid("id"),
        row.instant("expires_at"),
        row.flag("expired"),
        row.instant("consumed_at"),
        row.text("consumed_by"),
        row.instant("revoked_at"),
        row.instant("superseded_at"),
        row.flag("repeatable"),
        TenantId.of(row.uuid("tenant_id")),
        row.word("status", TenantStatus.class),
        row.text("company_name"),
        row.text("contact_email"),
        row.uuid("entitlement_id") == null ? null : Bought.of(row, mostRepeats));
  }

  /** Refuses everything that stands in the way, in the order of the contract's table. */
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

  /** Whether the same machine asks again for what its answer may have lost on the way. */
  boolean isRepeatOf(RedeemRequest request) {
    return consumedAt != null
        && request.id().value().equals(consumedBy)
        && repeatable
        && (entitlement == null || entitlement.credentialUnused());
  }

  /** What the code brings: without an entitlement, the free edition, whatever its tenant has. */
  Edition edition() {
    return entitlement == null ? Edition.essentials : entitlement.terms().tier().edition();
  }

  /** The company's name; for a tenant that the registry does not know, who bought the license. */
  String customer() {
    return companyName != null || entitlement == null ? companyName : entitlement.customer();
  }

  /** What its license is to say. */
  LicenseClaims claims() {
    return new LicenseClaims(entitlement.licenseSub(), customer(), entitlement.terms(), tenant);
  }
}
