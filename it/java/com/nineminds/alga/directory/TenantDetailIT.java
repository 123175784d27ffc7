package com.nineminds.alga.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /tenants/{tenant_id}} shows all data of a tenant. */
class TenantDetailIT {

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void paidTenantIsShownWithAllThatBelongsToIt() {
    Customer customer = Customer.pro(api);
    Answer detail = detail(customer.tenantId());
    assertThat(detail.outcome()).isEqualTo("200");
    assertThat(detail.json().keySet())
        .containsExactlyInAnyOrder("tenant", "entitlement", "install_codes", "appliances");
    JsonObject tenant = detail.object("tenant");
    assertThat(tenant.keySet())
        .containsExactlyInAnyOrder(
            "tenant_id",
            "edition",
            "product_code",
            "deployment_type",
            "region",
            "status",
            "company_name",
            "contact_name",
            "contact_email",
            "stripe_customer_id",
            "registered_at",
            "installed_at",
            "created_at",
            "updated_at");
    assertThat(tenant.getString("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(tenant.getString("contact_email")).isEqualTo(customer.email());
    assertThat(tenant.get("installed_at")).isEqualTo(JsonValue.NULL);
    for (String member : List.of("registered_at", "created_at", "updated_at")) {
      assertThat(tenant.getString(member)).endsWith("Z");
      assertThat(Instant.parse(tenant.getString(member)))
          .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    }
    JsonObject entitlement = detail.object("entitlement");
    assertThat(entitlement.keySet())
        .containsExactlyInAnyOrder(
            "stripe_sub_id", "tier", "seats", "active", "license_sub", "has_current_token");
    assertThat(entitlement.getString("stripe_sub_id")).isEqualTo(customer.stripeSubId());
    assertThat(entitlement.getString("tier")).isEqualTo("pro");
    assertThat(entitlement.getInt("seats")).isEqualTo(25);
    assertThat(entitlement.getBoolean("active")).isTrue();
    assertThat(entitlement.getBoolean("has_current_token")).isFalse();
    assertThat(detail.json().getJsonArray("appliances")).isEmpty();
  }

  @Test
  void tenantWithoutEntitlementHasNull() {
    JsonObject detail = detail(Customer.essentials(api).tenantId()).json();
    assertThat(detail).containsEntry("entitlement", JsonValue.NULL);
  }

  @Test
  void codeShowsItsLastFourCharactersOnly() {
    Customer customer = Customer.pro(api);
    Answer detail = detail(customer.tenantId());
    assertThat(detail.body()).doesNotContain(customer.code());
    JsonObject code = onlyCode(detail);
    assertThat(code.keySet())
        .containsExactlyInAnyOrder(
            "code_masked", "expires_at", "consumed", "revoked", "created_at");
    assertThat(code.getString("code_masked")).isEqualTo("****" + customer.code().substring(4));
    assertThat(code.getBoolean("consumed")).isFalse();
    assertThat(code.getBoolean("revoked")).isFalse();
    long thirtyDays = 30L * 86_400;
    assertThat(
            code.getJsonNumber("expires_at").longValueExact()
                - Instant.parse(code.getString("created_at")).getEpochSecond())
        .isBetween(thirtyDays - 1, thirtyDays + 1);
  }

  @Test
  void consumedAndReplacedCodesAreShownAsSuch() {
    Customer customer = Customer.pro(api);
    String second = reissue(customer);
    String third = reissue(customer);
    api.appliance("/register", "claim_code", third, "appliance_id", "box");
    List<JsonObject> codes =
        detail(customer.tenantId())
            .json()
            .getJsonArray("install_codes")
            .getValuesAs(JsonObject.class);
    assertThat(codes)
        .extracting(
            code ->
                code.getString("code_masked").substring(4)
                    + (code.getBoolean("consumed") ? " consumed" : "")
                    + (code.getBoolean("revoked") ? " revoked" : ""))
        .containsExactlyInAnyOrder(
            customer.code().substring(4) + " revoked",
            second.substring(4) + " revoked",
            third.substring(4) + " consumed");
  }

  @Test
  void currentTokenIsOneThatWasSignedAndHasNotExpired() {
    Customer customer = Customer.pro(api);
    assertThat(hasCurrentToken(customer)).isFalse();
    customer.redeem(api, "box");
    assertThat(hasCurrentToken(customer)).isTrue();
    sql.update(
        "UPDATE entitlements SET token_exp = now() - interval '1 second' WHERE stripe_sub_id = ?",
        customer.stripeSubId());
    assertThat(hasCurrentToken(customer)).isFalse();
  }

  @Test
  void revokedEntitlementIsStillShown() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    Answer detail = detail(customer.tenantId());
    assertThat(detail.object("entitlement").getBoolean("active")).isFalse();
    assertThat(onlyCode(detail).getBoolean("revoked")).isTrue();
  }

  @Test
  void licenseSubIsTheLicenses() {
    Customer customer = Customer.pro(api);
    customer.redeem(api, "box");
    String sub =
        api.service(
                "/sign",
                "stripe_sub_id",
                customer.stripeSubId(),
                "customer",
                "x",
                "tier",
                "pro",
                "transport",
                "connected")
            .text("sub");
    assertThat(detail(customer.tenantId()).object("entitlement").getString("license_sub"))
        .isEqualTo(sub);
  }

  @Test
  void appliancesAreShownWithTheirCheckInsAndRevocations() {
    Customer customer = Customer.pro(api);
    String credential = customer.redeem(api, "box-1").text("appliance_credential");
    api.appliance("/register", "claim_code", reissue(customer), "appliance_id", "box-2");
    api.appliance("/check-in", "appliance_credential", credential);
    api.service("/revoke", "appliance_id", "box-2", "tenant_id", customer.tenantId());
    List<JsonObject> appliances =
        detail(customer.tenantId()).json().getJsonArray("appliances").getValuesAs(JsonObject.class);
    assertThat(appliances)
        .allSatisfy(
            appliance ->
                assertThat(appliance.keySet())
                    .containsExactlyInAnyOrder("appliance_id", "last_checkin_at", "revoked"));
    assertThat(appliances)
        .extracting(
            appliance ->
                appliance.getString("appliance_id")
                    + (appliance.isNull("last_checkin_at") ? "" : " checked in")
                    + (appliance.getBoolean("revoked") ? " revoked" : ""))
        .containsExactlyInAnyOrder("box-1 checked in", "box-2 revoked");
    assertThat(detail(customer.tenantId()).body()).doesNotContain(credential);
  }

  @Test
  void statusAndInstalledAtFollowTheInstallation() {
    Customer customer = Customer.pro(api);
    assertThat(tenant(customer).getString("status")).isEqualTo("registered");
    String credential = customer.redeem(api, "box").text("appliance_credential");
    assertThat(tenant(customer).getString("status")).isEqualTo("installed");
    assertThat(Instant.parse(tenant(customer).getString("installed_at")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    api.appliance("/check-in", "appliance_credential", credential);
    assertThat(tenant(customer).getString("status")).isEqualTo("active");
  }

  @Test
  void anyCaseOfTheIdWillDo() {
    String tenantId = Customer.essentials(api).tenantId();
    assertThat(detail(tenantId.toUpperCase(Locale.ROOT)).object("tenant").getString("tenant_id"))
        .isEqualTo(tenantId);
  }

  @Test
  void unknownTenantIs404() {
    assertThat(detail(UUID.randomUUID().toString()).outcome()).isEqualTo("404 unknown_tenant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "7",
        "1-1-1-1-1",
        "7d0f6c1e52b44c0a9a530c8b2f6f1a11",
        "7d0f6c1e-52b4-4c0a-9a53-0c8b2f6f1a1g",
        "'%20OR%20'1'='1",
        "%C3%A4"
      })
  void whatIsNoUuidIs404(String id) {
    assertThat(detail(id).outcome()).isEqualTo("404 unknown_tenant");
  }

  private Answer detail(String tenantId) {
    return api.get("/tenants/" + tenantId);
  }

  private JsonObject tenant(Customer customer) {
    return detail(customer.tenantId()).object("tenant");
  }

  private boolean hasCurrentToken(Customer customer) {
    return detail(customer.tenantId()).object("entitlement").getBoolean("has_current_token");
  }

  private String reissue(Customer customer) {
    return api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
        .text("install_code");
  }

  private static JsonObject onlyCode(Answer detail) {
    assertThat(detail.json().getJsonArray("install_codes")).hasSize(1);
    return detail.json().getJsonArray("install_codes").getJsonObject(0);
  }
}
