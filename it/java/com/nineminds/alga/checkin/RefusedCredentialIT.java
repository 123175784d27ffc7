package com.nineminds.alga.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An appliance has an unknown credential, but names the license that it holds. */
class RefusedCredentialIT {

  private static final String UNKNOWN = "0123456789abcdef".repeat(4);

  /** The figures of the console are up to a minute old. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);
  private final Customer customer = Customer.pro(api);
  private final Answer registered = box.redeem(customer.code());
  private final String sub = VerifiedLicense.of(api, registered.text("first_jwt")).text("sub");

  @Test
  void refusedApplianceIsRecordedOnceADay() {
    AtOnce.times(8, i -> refused(UNKNOWN, sub));
    refused("f".repeat(64), sub);
    assertThat(recorded("subject = '" + sub + "' AND actor = 'anonymous'")).isOne();
    portal
        .sql()
        .update(
            "UPDATE audit_log SET at = at - interval '1 day' WHERE subject = ? AND event ="
                + " 'credential_refused'",
            sub);
    refused(UNKNOWN, sub);
    refused(UNKNOWN, sub);
    assertThat(recorded("true")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "lic_unknown", "lic_\u0000", "lic_ü", "lic_' OR true --"})
  void applianceThatNamesNoKnownLicenseIsNotRecorded(String other) {
    long before = allRecorded();
    refused(UNKNOWN, other);
    refused(UNKNOWN, null);
    assertThat(allRecorded()).isEqualTo(before);
  }

  @Test
  void applianceOfARevokedSubscriptionIsNotRecorded() {
    portal.revokeSubscription(customer);
    refused(UNKNOWN, sub);
    assertThat(recorded("true")).isZero();
  }

  @Test
  void revokedApplianceAndSuccessfulCheckInAreNotRecorded() {
    String credential = registered.text("appliance_credential");
    assertThat(checkIn(credential, sub).outcome()).isEqualTo("200");
    portal.revokeAppliance(customer, box);
    assertThat(checkIn(credential, sub).outcome()).isEqualTo("401 revoked_appliance");
    assertThat(recorded("true")).isZero();
  }

  @Test
  void refusedApplianceIsOnTheConsoleUntilItsTenantRedeemsAFreshCode() {
    Console anna = Console.signedIn(api.base(), "anna");
    refused(UNKNOWN, sub);
    Await.until(PATIENCE, () -> listed(anna), () -> "not listed");
    assertThat(anna.get("/admin/overview").html().select("section:has(#refused) .number").text())
        .matches("[1-9][0-9]*");
    assertThat(anna.get("/admin/tenant?id=" + customer.tenantId()).html().text())
        .contains("Check-in with an unknown credential", sub);
    assertThat(anna.get("/admin/activity?event=credential_refused").body())
        .contains(customer.tenantId());
    Box.fresh(api).install(portal.freshCode(customer));
    Await.until(PATIENCE, () -> !listed(anna), () -> "still listed");
  }

  private boolean listed(Console console) {
    return console
        .get("/admin/appliances?show=refused")
        .html()
        .select("a[href$='" + customer.tenantId() + "']")
        .hasText();
  }

  private Answer refused(String credential, String heldSub) {
    Answer answer = checkIn(credential, heldSub);
    assertThat(answer.outcome()).isEqualTo("401 invalid_credential");
    return answer;
  }

  private Answer checkIn(String credential, String heldSub) {
    return api.appliance(
        "/check-in", "appliance_credential", credential, "current_license_sub", heldSub);
  }

  private long recorded(String condition) {
    return portal.count(customer, "audit_log", "event = 'credential_refused' AND " + condition);
  }

  private long allRecorded() {
    return portal
        .sql()
        .one(Long.class, "SELECT count(*) FROM audit_log WHERE event = 'credential_refused'");
  }
}
