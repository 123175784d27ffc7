package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import jakarta.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /verify-appliance} describes a valid credential and no other. */
class VerifyApplianceIT {

  private static final String UNKNOWN = "0".repeat(64);

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @Test
  void activeApplianceIsEligible() {
    Customer customer = Customer.pro(api);
    Answer answer = verify(box.install(customer.code()));
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json()).isEqualTo(expected(customer, true, true));
  }

  @Test
  void revokedEntitlementIsNotEligible() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    portal.revokeSubscription(customer);
    assertThat(verify(credential).json()).isEqualTo(expected(customer, false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspended", "cancelled"})
  void closedTenantIsNotEligible(String status) {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    portal.setStatus(customer, status);
    assertThat(verify(credential).json()).isEqualTo(expected(customer, true, false));
  }

  @Test
  void applianceWithoutATenantHasTheEditionOfItsEntitlement() {
    String code = portal.codeWithoutTenant("sub_" + Customer.unique());
    assertThat(verify(box.install(code)).json())
        .isEqualTo(
            Api.object(
                "appliance_id",
                box.id(),
                "edition",
                "premium",
                "revoked",
                false,
                "entitlement_active",
                true,
                "eligible",
                true));
  }

  @Test
  void eachTenantsCredentialTellsItsOwnAppliance() {
    Customer first = Customer.pro(api);
    Customer second = Customer.pro(api);
    String firstCredential = box.install(first.code());
    String secondCredential = box.install(second.code());
    assertThat(verify(firstCredential).text("tenant_id")).isEqualTo(first.tenantId());
    assertThat(verify(secondCredential).text("tenant_id")).isEqualTo(second.tenantId());
  }

  @Test
  void unknownMalformedReplacedAndRevokedCredentialsAreAnsweredAlike() {
    Customer customer = Customer.pro(api);
    String replaced = box.install(customer.code());
    String revoked = box.install(customer.code());
    portal.revokeAppliance(customer, box);
    String body = verify(UNKNOWN).body();
    assertThat(Stream.of(UNKNOWN, "", "x", "é".repeat(64), replaced, revoked))
        .allSatisfy(
            credential -> {
              Answer answer = verify(credential);
              assertThat(answer.outcome()).isEqualTo("401 invalid_credential");
              assertThat(answer.body()).isEqualTo(body);
            });
  }

  @Test
  void verifyingChangesNothing() {
    Customer customer = Customer.pro(api);
    String credential = box.install(customer.code());
    String before = portal.details(customer).toString();
    assertThat(verify(credential).status()).isEqualTo(200);
    assertThat(portal.details(customer)).hasToString(before);
    // the retry window is still open
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void withoutTheServiceSecretIs401() {
    String credential = box.install(Customer.pro(api).code());
    Answer answer = api.appliance("/verify-appliance", "credential", credential);
    assertThat(answer.outcome()).isEqualTo("401 unauthorized");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"credential\": null}", "{\"credential\": 1}", "{\"credential\": {}}"})
  void noCredentialOrOneThatIsNoStringIs400(String body) {
    assertThat(api.send("POST", "/verify-appliance", body, Api.authorized()).outcome())
        .isEqualTo("400 invalid_request");
  }

  private Answer verify(String credential) {
    return api.service("/verify-appliance", "credential", credential);
  }

  private JsonObject expected(Customer customer, boolean active, boolean eligible) {
    return Api.object(
        "appliance_id",
        box.id(),
        "tenant_id",
        customer.tenantId(),
        "edition",
        "pro",
        "revoked",
        false,
        "entitlement_active",
        active,
        "eligible",
        eligible);
  }
}
