package com.nineminds.alga.redeem;

import static com.nineminds.alga.redeem.TestCode.OTHER;
import static com.nineminds.alga.redeem.TestCode.TENANT;
import static com.nineminds.alga.redeem.TestCode.assertRedeemable;
import static com.nineminds.alga.redeem.TestCode.assertRefused;
import static com.nineminds.alga.redeem.TestCode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.entitlement.Entitlement.Terms;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.problem.Problem;
import com.nineminds.alga.license.LicenseClaims;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision table of the contract. It decides whether a code redeems, and what it brings. */
class CodeSnapshotTest {

  private static final RedeemRequest HOST = request("host", null);

  @Test
  void liveCodeMayBeRedeemed() {
    assertRedeemable(new TestCode(), HOST);
    assertRedeemable(free(), HOST);
  }

  @Test
  void expiredCodeIs410() {
    TestCode code = new TestCode();
    code.expired = true;
    assertRefused(code, HOST, "410 expired_claim_code", "5 March 2026");
  }

  @Test
  void consumedCodeOfAnotherMachineIs409() {
    assertRefused(
        new TestCode().consumedBy("other"), HOST, "409 consumed_claim_code", "5 March 2026");
    assertRefused(new TestCode().consumedBy("HOST"), HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeOfTheSameMachineMayBeRedeemedAgain() {
    TestCode code = new TestCode().consumedBy("host");
    assertThat(code.build().isRepeatOf(HOST)).isTrue();
    assertRedeemable(code, HOST);
    code.expired = true;
    assertRedeemable(code, HOST);
  }

  @Test
  void consumedFreeCodeOfTheSameMachineMayBeRedeemedAgain() {
    TestCode code = free().consumedBy("host");
    code.credentialUnused = false;
    assertRedeemable(code, HOST);
    assertRefused(code, request("other", null), "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceItsRetryWindowClosed() {
    TestCode code = new TestCode().consumedBy("host");
    code.repeatable = false;
    assertRefused(code, HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceItsCredentialCheckedIn() {
    TestCode code = new TestCode().consumedBy("host");
    code.credentialUnused = false;
    assertRefused(code, HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs409OnceANewerOneWasIssued() {
    assertRefused(new TestCode().consumedBy("host").superseded(), HOST, "409 consumed_claim_code");
  }

  @Test
  void consumedCodeIs403OnceItsEntitlementWasRevoked() {
    TestCode code = new TestCode().consumedBy("host");
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
    assertRefused(code, request("other", null), "409 consumed_claim_code");
  }

  @Test
  void replacedCodeIs409AndSaysSo() {
    assertRefused(
        new TestCode().superseded(), HOST, "409 superseded_claim_code", "replaced", "5 March 2026");
  }

  @Test
  void revokedCodeIs409AndSaysSo() {
    assertRefused(
        new TestCode().revoked(), HOST, "409 superseded_claim_code", "revoked", "5 March 2026");
    assertRefused(free().revoked(), HOST, "409 superseded_claim_code");
  }

  @Test
  void codeRevokedWithItsEntitlementIs403() {
    TestCode code = new TestCode().revoked();
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
  }

  @Test
  void replacedCodeStays409WhenItsEntitlementIsRevokedToo() {
    TestCode code = new TestCode().superseded();
    code.active = false;
    assertRefused(code, HOST, "409 superseded_claim_code");
  }

  @ParameterizedTest
  @EnumSource(names = {"suspended", "cancelled"})
  void tenantThatIsNotOpenIs403(TenantStatus status) {
    TestCode code = new TestCode();
    code.status = status;
    assertRefused(code, HOST, "403 tenant_" + status);
    code.consumedBy("host");
    assertRefused(code, HOST, "403 tenant_" + status);
  }

  @ParameterizedTest
  @EnumSource(names = {"registered", "installed", "active"})
  void openTenantMayRedeem(TenantStatus status) {
    TestCode code = new TestCode();
    code.status = status;
    assertRedeemable(code, HOST);
  }

  @Test
  void inactiveEntitlementIs403() {
    TestCode code = new TestCode();
    code.active = false;
    assertRefused(code, HOST, "403 entitlement_inactive");
  }

  @Test
  void anotherTenantThanExpectedIs409() {
    assertRedeemable(new TestCode(), request("host", TENANT));
    assertRefused(new TestCode(), request("host", OTHER), "409 tenant_mismatch");
    assertRefused(new TestCode().consumedBy("host"), request("host", OTHER), "409 tenant_mismatch");
    TestCode code = new TestCode();
    code.tenant = null;
    code.status = null;
    assertRefused(code, request("host", OTHER), "409 tenant_mismatch");
  }

  @Test
  void codeOfAnotherTenantThanTheMachinesKnownTenantIs409() {
    TestCode code = new TestCode();
    code.namesKnownTenant = true;
    assertRefused(code, naming(OTHER), "409 tenant_mismatch");
    assertRedeemable(code, naming(TENANT));
    code.paid = false;
    assertRefused(code, naming(OTHER), "409 tenant_mismatch");
    code.tenant = OTHER; // a code without a tenant takes the tenant that the machine names
    assertRedeemable(code, naming(OTHER));
  }

  @Test
  void tenantThatTheRegistryDoesNotKnowChangesNothing() {
    assertRedeemable(new TestCode(), naming(OTHER));
    assertRedeemable(free(), naming(OTHER));
  }

  @Test
  void machineThatNamesAnotherTenantThanAtFirstIs409() {
    TestCode code = new TestCode().consumedBy("host");
    assertRefused(code, naming(OTHER), "409 consumed_claim_code");
    assertRedeemable(code, naming(TENANT));
    assertRedeemable(code, naming(null));
    code.consumedFor = TENANT;
    assertRefused(code, naming(OTHER), "409 consumed_claim_code");
    assertRedeemable(code, naming(TENANT));
    assertRedeemable(code, naming(null));
    code.consumedFor = OTHER;
    assertRefused(code, naming(null), "409 consumed_claim_code");
    assertRefused(code, naming(TENANT), "409 consumed_claim_code");
    assertRedeemable(code, naming(OTHER));
  }

  @Test
  void secondSubscriptionOfATenantIs409() {
    TestCode code = new TestCode();
    code.bindable = false;
    assertRefused(code, HOST, "409 tenant_mismatch");
  }

  @Test
  void refusalsComeInTheOrderOfTheTable() {
    TestCode code = new TestCode().consumedBy("other");
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
    Problem refusal = refusal(new TestCode(), request("host", OTHER));
    assertThat(refusal.getMessage())
        .doesNotContain("Acme", TENANT.toString(), OTHER.toString(), "Buyer");
  }

  @Test
  void codeBringsTheEditionOfItsEntitlement() {
    assertThat(new TestCode().build().edition()).isEqualTo(Edition.premium);
    assertThat(free().build().edition()).isEqualTo(Edition.essentials);
  }

  @Test
  void licenseNamesTheCompanyElseTheBuyer() {
    Terms terms = new Terms(Tier.premium, 25, Transport.connected);
    assertThat(new TestCode().build().claims())
        .isEqualTo(new LicenseClaims("lic_1", "Acme", terms, TENANT));
    TestCode unknown = new TestCode();
    unknown.company = null;
    unknown.status = null;
    unknown.tenant = null;
    assertThat(unknown.build().claims())
        .isEqualTo(new LicenseClaims("lic_1", "Buyer", terms, null));
  }

  private static TestCode free() {
    TestCode code = new TestCode();
    code.paid = false;
    return code;
  }

  private static RedeemRequest request(String id, TenantId expected) {
    return new RedeemRequest(new ApplianceId(id), null, expected);
  }

  private static RedeemRequest naming(TenantId tenant) {
    return new RedeemRequest(new ApplianceId("host"), tenant, null);
  }
}
