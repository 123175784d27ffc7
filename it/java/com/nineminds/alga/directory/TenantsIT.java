package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /tenants} describes each tenant in one item. */
class TenantsIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();
  private final TenantList list = new TenantList(api);

  @Test
  void lineOfAPaidTenantThatCheckedIn() {
    Customer customer = Customer.pro(api);
    checkIn(customer.redeem(api, "box"));
    JsonObject item = list.item(customer.tenantId());
    assertThat(item.keySet())
        .containsExactlyInAnyOrder(
            "tenant_id",
            "company_name",
            "contact_email",
            "edition",
            "product_code",
            "status",
            "registered_at",
            "installed_at",
            "stripe_sub_id",
            "tier",
            "seats",
            "entitlement_active",
            "last_checkin_at",
            "appliance_count",
            "connected",
            "install_code_state");
    assertThat(item.getString("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(item.getString("company_name")).startsWith("Pro ");
    assertThat(item.getString("contact_email")).isEqualTo(customer.email());
    assertThat(item.getString("edition")).isEqualTo("pro");
    assertThat(item.getString("product_code")).isEqualTo("psa");
    assertThat(item.getString("status")).isEqualTo("active");
    assertRecent(item, "registered_at");
    assertRecent(item, "installed_at");
    assertThat(item.getString("stripe_sub_id")).isEqualTo(customer.stripeSubId());
    assertThat(item.getString("tier")).isEqualTo("pro");
    assertThat(item.getInt("seats")).isEqualTo(25);
    assertThat(item.getBoolean("entitlement_active")).isTrue();
    assertRecent(item, "last_checkin_at");
    assertThat(item.getInt("appliance_count")).isEqualTo(1);
    assertThat(item.getBoolean("connected")).isTrue();
    assertThat(item.getString("install_code_state")).isEqualTo("consumed");
  }

  @Test
  void lineOfAFreshFreeTenant() {
    JsonObject item = list.item(Customer.essentials(api).tenantId());
    for (String member :
        new String[] {
          "installed_at", "stripe_sub_id", "tier", "seats", "entitlement_active", "last_checkin_at"
        }) {
      assertThat(item.get(member)).as(member).isEqualTo(JsonValue.NULL);
    }
    assertThat(item.getString("status")).isEqualTo("registered");
    assertThat(item.getInt("appliance_count")).isZero();
    assertThat(item.getBoolean("connected")).isFalse();
    assertThat(item.getString("install_code_state")).isEqualTo("live");
  }

  @Test
  void unlimitedSeatsAreNull() {
    String tenant =
        list.register(
            "Unlimited", "edition", "premium", "stripe_sub_id", "sub_" + UUID.randomUUID());
    JsonObject item = list.item(tenant);
    assertThat(item.getString("tier")).isEqualTo("premium");
    assertThat(item.get("seats")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void revokedEntitlementIsShownAsNotActive() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    JsonObject item = list.item(customer.tenantId());
    assertThat(item.getString("stripe_sub_id")).isEqualTo(customer.stripeSubId());
    assertThat(item.getBoolean("entitlement_active")).isFalse();
  }

  @Test
  void activeEntitlementIsShownRatherThanARevokedOne() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    String next = "sub_" + UUID.randomUUID();
    api.service(
        "/sign",
        "stripe_sub_id",
        next,
        "customer",
        "x",
        "tier",
        "premium",
        "transport",
        "connected",
        "tenant_id",
        customer.tenantId());
    JsonObject item = list.item(customer.tenantId());
    assertThat(item.getString("stripe_sub_id")).isEqualTo(next);
    assertThat(item.getString("tier")).isEqualTo("premium");
    assertThat(item.getBoolean("entitlement_active")).isTrue();
  }

  @Test
  void codeStateIsLiveThenConsumedThenLiveAgain() {
    Customer customer = Customer.pro(api);
    assertThat(codeState(customer.tenantId())).isEqualTo("live");
    customer.redeem(api, "box");
    assertThat(codeState(customer.tenantId())).isEqualTo("consumed");
    api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    assertThat(codeState(customer.tenantId())).isEqualTo("live");
  }

  @Test
  void codeStateIsRevokedWithItsEntitlement() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(codeState(customer.tenantId())).isEqualTo("revoked");
  }

  @Test
  void codeStateIsExpiredAfterItsTime() {
    Customer customer = Customer.pro(api);
    sql.update(
        "UPDATE claim_codes SET expires_at = now() - interval '1 second' WHERE tenant_id = ?",
        UUID.fromString(customer.tenantId()));
    assertThat(codeState(customer.tenantId())).isEqualTo("expired");
  }

  @Test
  void codeStateIsNoneWhileThePaymentIsOpen() {
    assertThat(codeState(list.register("Unpaid", "edition", "pro"))).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "47, true", "49, false", "1000, false"})
  void connectedMeansACheckInWithinTheLast48Hours(int hoursAgo, boolean connected) {
    Customer customer = Customer.pro(api);
    checkIn(customer.redeem(api, "box"));
    age("box", customer, hoursAgo);
    assertThat(list.item(customer.tenantId()).getBoolean("connected")).isEqualTo(connected);
  }

  @Test
  void installedButNeverCheckedInIsNotConnected() {
    Customer customer = Customer.pro(api);
    customer.redeem(api, "box");
    JsonObject item = list.item(customer.tenantId());
    assertThat(item.getBoolean("connected")).isFalse();
    assertThat(item.getInt("appliance_count")).isEqualTo(1);
    assertThat(item.getString("status")).isEqualTo("installed");
  }

  @Test
  void revokedApplianceDoesNotConnect() {
    Customer customer = Customer.pro(api);
    checkIn(customer.redeem(api, "box"));
    api.service("/revoke", "appliance_id", "box", "tenant_id", customer.tenantId());
    assertThat(list.item(customer.tenantId()).getBoolean("connected")).isFalse();
  }

  @Test
  void oneOfSeveralAppliancesConnects() {
    Customer customer = Customer.pro(api);
    checkIn(customer.redeem(api, "box-1"));
    Answer fresh = api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    checkIn(
        api.appliance(
            "/register", "claim_code", fresh.text("install_code"), "appliance_id", "box-2"));
    age("box-1", customer, 100);
    age("box-2", customer, 10);
    JsonObject item = list.item(customer.tenantId());
    assertThat(item.getBoolean("connected")).isTrue();
    assertThat(item.getInt("appliance_count")).isEqualTo(2);
    assertThat(Instant.parse(item.getString("last_checkin_at")))
        .isBetween(
            Instant.now().minus(Duration.ofHours(11)), Instant.now().minus(Duration.ofHours(9)));
  }

  @Test
  void noCodeIsShownInFull() {
    Customer customer = Customer.pro(api);
    assertThat(list.get("query", customer.tenantId()).body()).doesNotContain(customer.code());
  }

  private String codeState(String tenantId) {
    return list.item(tenantId).getString("install_code_state");
  }

  private void checkIn(Answer redeemed) {
    Answer checkedIn =
        api.appliance("/check-in", "appliance_credential", redeemed.text("appliance_credential"));
    assertThat(checkedIn.text("status")).isEqualTo("ok");
  }

  private void age(String applianceId, Customer customer, int hours) {
    int changed =
        sql.update(
            "UPDATE appliances SET last_checkin_at = now() - make_interval(hours => ?)"
                + " WHERE appliance_id = ? AND tenant_id = ?",
            hours,
            applianceId,
            UUID.fromString(customer.tenantId()));
    assertThat(changed).isEqualTo(1);
  }

  private static void assertRecent(JsonObject item, String member) {
    assertThat(item.getString(member)).endsWith("Z");
    assertThat(Instant.parse(item.getString(member)))
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
  }
}
