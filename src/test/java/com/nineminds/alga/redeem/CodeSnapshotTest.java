package com.nineminds.alga.redeem;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.problem.Problem;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.redeem.CodeSnapshot.Bought;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision table of the contract. It decides whether a code redeems, and what it brings. */
class CodeSnapshotTest {

  private static final Instant WHEN = Instant.parse("2026-03-05T12:00:00Z");
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(1, 2));
  private static final RedeemRequest HOST = request("host", null);

  /** A builder for a code, which is live and paid by default. */
  private static final class Code {
    boolean expired;
    Instant consumedAt;
    String consumedBy;
    Instant revokedAt;
    Instant supersededAt;
    boolean repeatable;
    TenantId tenant = TENANT;
    TenantStatus status = TenantStatus.registered;
    String company = "Acme";
    boolean paid = true;
    boolean active = true;
    boolean bindable = true;
    boolean credentialUnused;

    CodeSnapshot build() {
      Terms terms = new Terms(Tier.premium, 25, Transport.connected);
      Bought bought =
          new Bought(
              new UUID(3, 3), terms, active, "lic_1", "Buyer", bindable, credentialUnused, ZERO);
      return new CodeSnapshot(
          new UUID(2, 2),
          WHEN,
          expired,
          consumedAt,
          consumedBy,
          revokedAt,
          supersededAt,
          repeatable,
          tenant,
          status,
          company,
          company == null ? null : "it@acme.test",
          paid ? bought : null);
    }

    Code consumedBy(String machine) {
      consumedAt = WHEN;
      consumedBy = machine;
      repeatable = true;
      credentialUnused = true;
      return this;
    }

    Code revoked() {
      revokedAt = WHEN;
      return this;
    }

    Code superseded() {
      supersededAt = WHEN;
      revokedAt = consumedAt == null ? WHEN : null;
      repeatable = false;
      return this;
    }
  }

  @Test
  void liveCodeMayBeRedeemed() {
    assertRedeemable(new Code(), HOST);
    assertRedeemable(free(), HOST);
  }

  @Test
  void expiredCodeIs410() {
    Code code = new Code();
    code.expired = true;
    assertRefused(code, HOST, "410 expired_claim_code", "5 March 2026");
  }

  @Test
  void consumedCodeOfAnotherMachineIs409() {
    assertRefused(new Code().consumedBy("other"), HOST, "409 consumed_claim_code", "5 March 2026");
    assertRefused(new Code().consumedBy("HOST"), HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeOfTheSameMachineMayBeRedeemedAgain() {
    Code code = new Code().consumedBy("host");
    assertThat(code.build().isRepeatOf(HOST)).isTrue();
    assertRedeemable(code, HOST);
    code.expired = true;
    assertRedeemable(code, HOST);
  }

  @Test
  void consumedFreeCodeOfTheSameMachineMayBeRedeemedAgain() {
    Code code = free().consumedBy("host");
    code.credentialUnused = false;
    assertRedeemable(code, HOST);
    assertRefused(code, request("other", null), "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceItsRetryWindowClosed() {
    Code code = new Code().consumedBy("host");
    code.repeatable = false;
    assertRefused(code, HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceItsCredentialCheckedIn() {
    Code code = new Code().consumedBy("host");
    code.credentialUnused = false;
    assertRefused(code, HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceANewerOneWasIssued() {
    assertRefused(new Code().consumedBy("host").superseded(), HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs403OnceItsEntitlementWasRevoked() {
    Code code = new Code().consumedBy("host");
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
    assertRefused(code, request("other", null), "409 consumed_claim_code");
  }

  @Test
  void replacedCodeIs409AndSaysSo() {
    assertRefused(
        new Code().superseded(), HOST, "409 superseded_claim_code", "replaced", "5 March 2026");
  }

  @Test
  void revokedCodeIs409AndSaysSo() {
    assertRefused(
        new Code().revoked(), HOST, "409 superseded_claim_code", "revoked", "5 March 2026");
    assertRefused(free().revoked(), HOST, "409 superseded_claim_code");
  }

  @Test
  void codeRevokedWithItsEntitlementIs403() {
    Code code = new Code().revoked();
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
  }

  @Test
  void replacedCodeStays409WhenItsEntitlementIsRevokedToo() {
    Code code = new Code().superseded();
    code.active = false;
    assertRefused(code, HOST, "409 superseded_claim_code");
  }

  @ParameterizedTest
  @EnumSource(names = {"suspended", "cancelled"})
  void tenantThatIsNotOpenIs403(TenantStatus status) {
    Code code = new Code();
    code.status = status;
    assertRefused(code, HOST, "403 tenant_" + status);
    code.consumedBy("host");
    assertRefused(code, HOST, "403 tenant_" + status);
  }

  @ParameterizedTest
  @EnumSource(names = {"registered", "installed", "active"})
  void openTenantMayRedeem(TenantStatus status) {
    Code code = new Code();
    code.status = status;
    assertRedeemable(code, HOST);
  }

  @Test
  void inactiveEntitlementIs403() {
    Code code = new Code();
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
  }

  @Test
  void anotherTenantThanExpectedIs409() {
    assertRedeemable(new Code(), request("host", TENANT));
    assertRefused(new Code(), request("host", OTHER), "409 tenant_mismatch");
    assertRefused(new Code().consumedBy("host"), request("host", OTHER), "409 tenant_mismatch");
    Code code = new Code();
    code.tenant = null;
    code.status = null;
    assertRefused(code, request("host", OTHER), "409 tenant_mismatch");
  }

  @Test
  void secondSubscriptionOfATenantIs409() {
    Code code = new Code();
    code.bindable = false;
    assertRefused(code, HOST, "409 tenant_mismatch");
  }

  @Test
  void refusalsComeInTheOrderOfTheTable() {
    Code code = new Code().consumedBy("other");
    code.expired = true;
    code.status = TenantStatus.suspended;
    code.active = false;
    RedeemRequest stranger = request("host", OTHER);
    assertRefused(code, stranger, "409 consumed_claim_code");
    code.consumedAt = null;
    code.consumedBy = null;
    assertRefused(code.superseded(), stranger, "409 superseded_claim_code");
    code.supersededAt = null;
    code.revokedAt = null;
    assertRefused(code, stranger, "410 expired_claim_code");
    code.expired = false;
    assertRefused(code, stranger, "403 tenant_suspended");
    code.status = TenantStatus.registered;
    assertRefused(code, stranger, "403 entitlement_inactive");
    code.active = true;
    assertRefused(code, stranger, "409 tenant_mismatch");
    assertRedeemable(code, HOST);
  }

  @Test
  void refusalNeverNamesATenant() {
    Problem refusal = refusal(new Code(), request("host", OTHER));
    assertThat(refusal.getMessage())
        .doesNotContain("Acme", TENANT.toString(), OTHER.toString(), "Buyer");
  }

  @Test
  void codeBringsTheEditionOfItsEntitlement() {
    assertThat(new Code().build().edition()).isEqualTo(Edition.premium);
    assertThat(free().build().edition()).isEqualTo(Edition.essentials);
  }

  @Test
  void licenseNamesTheCompanyElseTheBuyer() {
    Terms terms = new Terms(Tier.premium, 25, Transport.connected);
    assertThat(new Code().build().claims())
        .isEqualTo(new LicenseClaims("lic_1", "Acme", terms, TENANT));
    Code unknown = new Code();
    unknown.company = null;
    unknown.status = null;
    unknown.tenant = null;
    assertThat(unknown.build().claims())
        .isEqualTo(new LicenseClaims("lic_1", "Buyer", terms, null));
  }

  private static Code free() {
    Code code = new Code();
    code.paid = false;
    return code;
  }

  private static RedeemRequest request(String id, TenantId expected) {
    return new RedeemRequest(new ApplianceId(id), null, expected);
  }

  private static void assertRedeemable(Code code, RedeemRequest request) {
    assertThatCode(() -> code.build().requireRedeemable(request)).doesNotThrowAnyException();
  }

  private static void assertRefused(
      Code code, RedeemRequest request, String outcome, String... words) {
    Problem refusal = refusal(code, request);
    assertThat(refusal.status() + " " + refusal.code()).isEqualTo(outcome);
    for (String word : words) {
      assertThat(refusal.getMessage()).contains(word);
    }
  }

  private static Problem refusal(Code code, RedeemRequest request) {
    CodeSnapshot found = code.build();
    return catchThrowableOfType(Problem.class, () -> found.requireRedeemable(request));
  }
}
