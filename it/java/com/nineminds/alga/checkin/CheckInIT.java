package com.nineminds.alga.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the contract's table of {@code POST /check-in}, and the rules below that table. */
class CheckInIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @Test
  void activeApplianceGetsTheHeldLicenseUnchanged() {
    Answer registered = box.redeem(Customer.pro(api).code());
    Answer answer = checkIn(registered);
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json())
        .isEqualTo(
            Api.object(
                "status",
                "ok",
                "jwt",
                registered.text("first_jwt"),
                "exp",
                license(answer).number("exp")));
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(checkIn(registered).text("jwt")).isEqualTo(registered.text("first_jwt"));
  }

  @Test
  void licenseWithThirtyDaysLeftIsKept() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "token_exp = now() + interval '30 days 1 minute'");
    assertThat(checkIn(registered).text("jwt")).isEqualTo(registered.text("first_jwt"));
  }

  @Test
  void licenseWithLessThanThirtyDaysLeftIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "token_exp = now() + interval '29 days 23 hours'");
    Answer answer = assertReplaced(registered);
    long full = Instant.now().plus(Duration.ofDays(31)).getEpochSecond();
    assertThat(answer.number("exp")).isBetween(full - 60, full);
    assertThat(answer.number("exp")).isEqualTo(license(answer).number("exp"));
    assertThat(checkIn(registered).text("jwt")).isEqualTo(answer.text("jwt"));
  }

  @Test
  void licenseThatExpiredIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "token_exp = now() - interval '1 day'");
    assertReplaced(registered);
  }

  @Test
  void licenseOfOtherSeatsIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "seats = 40");
    assertThat(license(assertReplaced(registered)).number("seats")).isEqualTo(40);
    portal.setEntitlement(customer, "seats = NULL");
    assertThat(license(checkIn(registered)).claims()).doesNotContainKey("seats");
  }

  @Test
  void licenseOfAnotherTierIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "tier = 'premium'");
    assertThat(license(assertReplaced(registered)).text("tier")).isEqualTo("premium");
  }

  @Test
  void licenseOfAnotherCustomerNameIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal
        .sql()
        .update(
            "UPDATE tenant_registry SET company_name = 'Renamed & Söhne' WHERE tenant_id = ?",
            UUID.fromString(customer.tenantId()));
    assertThat(license(assertReplaced(registered)).text("cust")).isEqualTo("Renamed & Söhne");
  }

  @Test
  void licenseSignedForOtherTermsOrByAnotherKeyIsReplaced() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setEntitlement(customer, "token_terms = 'of another key'");
    Answer answer = assertReplaced(registered);
    assertThat(checkIn(registered).text("jwt")).isEqualTo(answer.text("jwt"));
  }

  @Test
  void licenseThatSignMadeIsTheHeldOne() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    Answer signed = sign(customer);
    assertThat(signed.text("sub")).isEqualTo(first(registered).text("sub"));
    assertThat(checkIn(registered).text("jwt")).isEqualTo(signed.text("jwt"));
  }

  @Test
  void bothAppliancesOfATenantHoldTheSameLicense() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    Answer second = Box.fresh(api).redeem(portal.freshCode(customer));
    assertThat(first(second).text("sub")).isEqualTo(first(registered).text("sub"));
    assertThat(checkIn(registered).text("jwt")).isEqualTo(checkIn(second).text("jwt"));
  }

  @Test
  void licenseWithoutAudienceStaysWithoutOne() {
    Answer registered = box.redeem(portal.codeWithoutTenant("sub_" + Customer.unique()));
    Answer answer = checkIn(registered);
    assertThat(answer.text("jwt")).isEqualTo(registered.text("first_jwt"));
    assertThat(license(answer).claims()).doesNotContainKey("aud");
  }

  @Test
  void checkInIsRecordedAndTurnsAnInstalledTenantActive() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    assertThat(status(customer)).isEqualTo("installed");
    assertThat(portal.count(customer, "appliances", "last_checkin_at IS NULL")).isOne();
    checkIn(registered);
    assertThat(status(customer)).isEqualTo("active");
    portal
        .sql()
        .update(
            "UPDATE appliances SET last_checkin_at = '2026-01-01Z' WHERE appliance_id = ?",
            box.id());
    checkIn(registered);
    assertThat(
            portal.count(customer, "appliances", "last_checkin_at > now() - interval '1 minute'"))
        .isOne();
    assertThat(portal.count(customer, "audit_log", "event = 'tenant_activated'")).isOne();
  }

  @Test
  void revokedEntitlementIs200Revoked() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.revokeSubscription(customer);
    assertRevoked(checkIn(registered));
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspended", "cancelled"})
  void closedTenantIs200RevokedAndStaysClosed(String status) {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.setStatus(customer, status);
    assertRevoked(checkIn(registered));
    assertThat(status(customer)).isEqualTo(status);
    portal.setStatus(customer, "active");
    assertThat(checkIn(registered).text("jwt")).isEqualTo(registered.text("first_jwt"));
  }

  @Test
  void renewedSubscriptionChecksInAgain() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.revokeSubscription(customer);
    assertRevoked(checkIn(registered));
    Answer signed = sign(customer);
    assertThat(checkIn(registered).text("jwt")).isEqualTo(signed.text("jwt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"
      })
  void unknownOrMalformedCredentialIs401(String credential) {
    assertThat(box.checkIn(credential).outcome()).isEqualTo("401 invalid_credential");
  }

  @Test
  void revokedApplianceIs401() {
    Customer customer = Customer.pro(api);
    Answer registered = box.redeem(customer.code());
    portal.revokeAppliance(customer, box);
    assertThat(checkIn(registered).outcome()).isEqualTo("401 revoked_appliance");
    assertThat(portal.count(customer, "appliances", "last_checkin_at IS NULL")).isOne();
    assertThat(status(customer)).isEqualTo("installed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"appliance_credential\": null}",
        "{\"appliance_credential\": 1}",
        "{\"appliance_credential\": [\"x\"]}",
        "{\"current_license_sub\": \"lic_1\"}"
      })
  void noCredentialOrOneThatIsNoStringIs400(String body) {
    Answer answer = api.send("POST", "/check-in", body, Map.of());
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("appliance_credential");
  }

  @Test
  void currentLicenseSubMayBeGivenAndChangesNothing() {
    Answer registered = box.redeem(Customer.pro(api).code());
    for (String sub : new String[] {first(registered).text("sub"), "lic_other", null}) {
      Answer answer =
          api.appliance(
              "/check-in",
              "appliance_credential",
              registered.text("appliance_credential"),
              "current_license_sub",
              sub);
      assertThat(answer.text("jwt")).isEqualTo(registered.text("first_jwt"));
    }
  }

  /** Checks in. Returns the answer, which has a new license with the same sub and aud. */
  private Answer assertReplaced(Answer registered) {
    Answer answer = checkIn(registered);
    assertThat(answer.text("status")).isEqualTo("ok");
    assertThat(answer.text("jwt")).isNotEqualTo(registered.text("first_jwt"));
    assertThat(license(answer).text("sub")).isEqualTo(first(registered).text("sub"));
    assertThat(license(answer).text("aud")).isEqualTo(registered.text("tenant_id"));
    return answer;
  }

  private static void assertRevoked(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json()).isEqualTo(Api.object("status", "revoked"));
  }

  private Answer checkIn(Answer registered) {
    return box.checkIn(registered.text("appliance_credential"));
  }

  private Answer sign(Customer customer) {
    return api.service(
        "/sign",
        "stripe_sub_id",
        customer.stripeSubId(),
        "customer",
        "Ignored",
        "tier",
        "pro",
        "seats",
        30,
        "transport",
        "connected");
  }

  private VerifiedLicense first(Answer registered) {
    return VerifiedLicense.of(api, registered.text("first_jwt"));
  }

  private VerifiedLicense license(Answer checkedIn) {
    return VerifiedLicense.of(api, checkedIn.text("jwt"));
  }

  private String status(Customer customer) {
    return portal.details(customer).getJsonObject("tenant").getString("status");
  }
}
