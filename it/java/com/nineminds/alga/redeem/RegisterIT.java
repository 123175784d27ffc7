package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.appliance.VerifiedLicense;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the contract's table of {@code POST /register}. Each test is named after its row. */
class RegisterIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @Test
  void paidCodeBringsExactlyTheMembersOfAnInstall() {
    Customer customer = Customer.pro(api);
    Answer answer = box.redeem(customer.code());
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().keySet())
        .containsExactlyInAnyOrder(
            "tenant_id",
            "edition",
            "company_name",
            "contact_email",
            "appliance_credential",
            "first_jwt",
            "check_in_url");
    assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(answer.text("edition")).isEqualTo("pro");
    assertThat(answer.text("company_name")).isEqualTo(companyName(customer));
    assertThat(answer.text("contact_email")).isEqualTo(customer.email());
    assertThat(answer.text("appliance_credential")).matches("[0-9a-f]{64}");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void paidCodeBringsASignedLicense() {
    Customer customer = Customer.pro(api);
    Instant before = Instant.now();
    Answer answer = box.redeem(customer.code());
    VerifiedLicense license = VerifiedLicense.of(api, answer.text("first_jwt"));
    assertThat(license.claims())
        .containsOnlyKeys("iss", "sub", "cust", "tier", "seats", "iat", "exp", "aud");
    assertThat(license.text("iss")).isEqualTo("nineminds-license");
    assertThat(license.text("sub")).matches("lic_.+").isEqualTo(licenseSub(customer));
    assertThat(license.text("cust")).isEqualTo(companyName(customer));
    assertThat(license.text("tier")).isEqualTo("pro");
    assertThat(license.number("seats")).isEqualTo(25);
    assertThat(license.text("aud")).isEqualTo(customer.tenantId());
    assertThat(license.number("iat"))
        .isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
    assertThat(license.number("exp"))
        .isEqualTo(license.number("iat") + Duration.ofDays(31).toSeconds());
    assertThat(license.jws().getHeaders().getFullHeaderAsJsonString())
        .isEqualTo("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"it-1\"}");
  }

  @Test
  void unlimitedSeatsAreLeftOutOfTheLicense() {
    String sub = "sub_" + Customer.unique();
    Answer registered =
        api.service(
            "/register-tenant",
            "company_name",
            "No Limits",
            "contact_email",
            sub + "@premium.test",
            "edition",
            "premium",
            "stripe_sub_id",
            sub);
    Answer answer = box.redeem(registered.text("install_code"));
    assertThat(answer.text("edition")).isEqualTo("premium");
    assertThat(VerifiedLicense.of(api, answer.text("first_jwt")).claims())
        .doesNotContainKey("seats")
        .containsEntry("tier", "premium");
  }

  @Test
  void checkInUrlComesFromTheSettingAndNeverFromTheHostHeader() {
    // the Host header of the request is localhost
    Answer answer = box.redeem(Customer.pro(api).code());
    assertThat(answer.text("check_in_url")).isEqualTo("https://license.example.test/check-in");
  }

  @Test
  void paidCodeStoresTheApplianceTheLicenseAndTheInstalledStatus() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    JsonObject details = portal.details(customer);
    assertThat(details.getJsonObject("tenant").getString("status")).isEqualTo("installed");
    assertThat(details.getJsonObject("tenant").isNull("installed_at")).isFalse();
    assertThat(details.getJsonObject("entitlement").getBoolean("has_current_token")).isTrue();
    assertThat(details.getJsonArray("install_codes").getJsonObject(0).getBoolean("consumed"))
        .isTrue();
    assertThat(details.getJsonArray("appliances").toString())
        .isEqualTo(
            "[{\"appliance_id\":\"%s\",\"last_checkin_at\":null,\"revoked\":false}]"
                .formatted(box.id()));
    assertThat(
            portal.count(customer, "appliances", "credential_hash = sha256('" + credential + "')"))
        .isOne();
  }

  @Test
  void essentialsCodeBringsTheTenantAndNeitherApplianceNorLicense() {
    Customer customer = Customer.essentials(api);
    Answer answer = box.redeem(customer.code());
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json())
        .isEqualTo(
            Api.object(
                "tenant_id",
                customer.tenantId(),
                "edition",
                "essentials",
                "company_name",
                companyName(customer),
                "contact_email",
                customer.email()));
    JsonObject details = portal.details(customer);
    assertThat(details.getJsonObject("tenant").getString("status")).isEqualTo("installed");
    assertThat(details.getJsonArray("appliances")).isEmpty();
    assertThat(portal.count(customer, "entitlements", "true")).isZero();
  }

  @Test
  void unknownCodeIs404() {
    assertThat(box.redeem("ZZZZ9999").outcome()).isEqualTo("404 invalid_claim_code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "A", "ABCDEFG", "ABCDEFGHJ", "ABCDEFGHJKMNPQRSTUVWXYZ"})
  void codeOfTheWrongLengthIs404(String code) {
    assertThat(box.redeem(code).outcome()).isEqualTo("404 invalid_claim_code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0BCDEFGH",
        "ABCDEFGO",
        "ABC1EFGH",
        "ABCIEFGH",
        "ABCLEFGH",
        "ABCDEFG!",
        "ÄBCDEFGH"
      })
  void codeWithForeignCharactersIs404AndToldSo(String code) {
    Answer answer = box.redeem(code);
    assertThat(answer.outcome()).isEqualTo("404 invalid_claim_code");
    assertThat(answer.text("error")).contains("codes never contain 0, O, 1, I or L");
  }

  @Test
  void expiredCodeIs410AndSaysWhen() {
    Customer customer = Customer.pro(api);
    portal.setCode(customer, "expires_at = '2026-02-03T12:00Z'");
    Answer answer = box.redeem(customer.code());
    assertThat(answer.outcome()).isEqualTo("410 expired_claim_code");
    assertThat(answer.text("error")).contains("3 February 2026").contains("from the portal");
  }

  @Test
  void consumedCodeOfAnotherApplianceIs409AndSaysWhen() {
    Customer customer = Customer.pro(api);
    box.install(customer.code());
    portal.setCode(customer, "consumed_at = '2026-03-05T12:00Z'");
    Answer answer = Box.fresh(api).redeem(customer.code());
    assertThat(answer.outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(answer.text("error")).contains("5 March 2026").contains("from the portal");
    assertThat(answer.body()).doesNotContain(box.id());
  }

  @Test
  void consumedEssentialsCodeOfAnotherApplianceIs409() {
    Customer customer = Customer.essentials(api);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
    assertThat(Box.fresh(api).redeem(customer.code()).outcome())
        .isEqualTo("409 consumed_claim_code");
  }

  @Test
  void codeReplacedByAReissueIs409() {
    Customer customer = Customer.pro(api);
    String fresh = portal.freshCode(customer);
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(box.redeem(fresh).outcome()).isEqualTo("200");
  }

  @Test
  void codeRevokedByAnOperatorIs409() {
    Customer customer = Customer.pro(api);
    portal.setCode(customer, "revoked_at = now()");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("409 superseded_claim_code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspended", "cancelled"})
  void codeOfAClosedTenantIs403(String status) {
    Customer paid = Customer.pro(api);
    Customer free = Customer.essentials(api);
    portal.setStatus(paid, status);
    portal.setStatus(free, status);
    assertThat(box.redeem(paid.code()).outcome()).isEqualTo("403 tenant_" + status);
    assertThat(box.redeem(free.code()).outcome()).isEqualTo("403 tenant_" + status);
  }

  @Test
  void codeRevokedWithItsEntitlementIs403() {
    Customer customer = Customer.pro(api);
    portal.revokeSubscription(customer);
    assertThat(portal.count(customer, "claim_codes", "revoked_at IS NOT NULL")).isOne();
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("403 entitlement_inactive");
  }

  @Test
  void codeOfAnotherTenantThanExpectedIs409AndIsNotUsedUp() {
    Customer customer = Customer.pro(api);
    Customer other = Customer.pro(api);
    Answer answer = box.redeem(customer.code(), "expected_tenant_id", other.tenantId());
    assertThat(answer.outcome()).isEqualTo("409 tenant_mismatch");
    assertThat(answer.body())
        .doesNotContain(customer.tenantId())
        .doesNotContain(companyName(customer))
        .doesNotContain(customer.email());
    assertThat(box.redeem(customer.code(), "expected_tenant_id", customer.tenantId()).outcome())
        .isEqualTo("200");
  }

  private String companyName(Customer customer) {
    return portal.details(customer).getJsonObject("tenant").getString("company_name");
  }

  private String licenseSub(Customer customer) {
    return portal.details(customer).getJsonObject("entitlement").getString("license_sub");
  }
}
