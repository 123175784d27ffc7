package com.nineminds.alga.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every change leaves its row in the audit log. Nothing else leaves a row. */
class AuditIT {

  private final String email = "it-" + Customer.unique() + "@acme.test";
  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void paidRegistrationIsRecorded() {
    String sub = "sub_" + Customer.unique();
    Sent sent =
        Sent.service(
            "/register-tenant",
            "company_name",
            "Acme",
            "contact_email",
            "it@acme.test",
            "edition",
            "pro",
            "stripe_sub_id",
            sub);
    assertThat(sent.answer().outcome()).isEqualTo("201");
    assertThat(sent.rows())
        .containsExactlyInAnyOrder(
            "tenant_registered service -",
            "entitlement_changed service " + sub,
            "code_minted service " + masked(sent.answer().text("install_code")));
    assertThat(sent.column(UUID.class, "tenant_id"))
        .containsOnly(UUID.fromString(sent.answer().text("tenant_id")));
  }

  @Test
  void freeRegistrationIsRecorded() {
    Sent sent = register(Map.of());
    assertThat(sent.rows())
        .containsExactlyInAnyOrder(
            "tenant_registered service -",
            "code_minted service " + masked(sent.answer().text("install_code")));
  }

  @Test
  void repeatedRegistrationLeavesNoRow() {
    String key = Customer.unique();
    assertThat(register(Map.of("Idempotency-Key", key)).rows()).hasSize(2);
    Sent again = register(Map.of("Idempotency-Key", key));
    assertThat(again.answer().outcome()).isEqualTo("200");
    assertThat(again.rows()).isEmpty();
  }

  @Test
  void upgradeIsRecorded() {
    Customer customer = Customer.essentials(api);
    String sub = "sub_" + Customer.unique();
    Sent sent =
        Sent.service(
            "/register-tenant",
            "company_name",
            "Acme",
            "contact_email",
            customer.email(),
            "edition",
            "premium",
            "tenant_id",
            customer.tenantId(),
            "stripe_sub_id",
            sub);
    assertThat(sent.rows())
        .containsExactlyInAnyOrder(
            "tenant_upgraded service premium",
            "entitlement_changed service " + sub,
            "code_minted service " + masked(sent.answer().text("install_code")));
  }

  @Test
  void mintedCodesAreRecorded() {
    Customer customer = Customer.pro(api);
    Sent reissued = Sent.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    assertThat(reissued.rows())
        .containsExactly("code_minted service " + masked(reissued.answer().text("install_code")));
    Sent minted = Sent.service("/claim-codes", "stripe_sub_id", customer.stripeSubId());
    assertThat(minted.rows())
        .containsExactly("code_minted service " + masked(minted.answer().text("code")));
    assertThat(minted.column(UUID.class, "tenant_id"))
        .containsOnly(UUID.fromString(customer.tenantId()));
  }

  @Test
  void signatureIsRecorded() {
    String sub = "sub_" + Customer.unique();
    Sent first = sign(sub, 5);
    String licenseSub = first.answer().text("sub");
    assertThat(first.rows())
        .containsExactlyInAnyOrder(
            "entitlement_changed service " + sub, "license_signed service " + licenseSub);
    assertThat(sign(sub, 5).rows()).containsExactly("license_signed service " + licenseSub);
    assertThat(sign(sub, 6).rows())
        .containsExactlyInAnyOrder(
            "entitlement_changed service " + sub, "license_signed service " + licenseSub);
  }

  @Test
  void revocationOfASubscriptionIsRecordedOnce() {
    Customer customer = Customer.pro(api);
    Sent revoked = Sent.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(revoked.rows())
        .containsExactlyInAnyOrder(
            "entitlement_revoked service " + customer.stripeSubId(),
            "code_revoked service " + masked(customer.code()));
    assertThat(Sent.service("/revoke", "stripe_sub_id", customer.stripeSubId()).rows()).isEmpty();
  }

  @Test
  void revocationOfAnApplianceIsRecordedOnce() {
    Customer customer = Customer.pro(api);
    String host = "host-" + Customer.unique();
    customer.redeem(api, host);
    assertThat(Sent.service("/revoke", "appliance_id", host).rows())
        .containsExactly("appliance_revoked service " + host);
    assertThat(Sent.service("/revoke", "appliance_id", host).rows()).isEmpty();
  }

  @Test
  void redeemIsRecordedEachTime() {
    Customer customer = Customer.pro(api);
    String host = "host-" + Customer.unique();
    Sent first = Sent.redeem(customer, host);
    assertThat(first.rows()).containsExactly("code_redeemed appliance " + host);
    assertThat(first.column(UUID.class, "tenant_id"))
        .containsOnly(UUID.fromString(customer.tenantId()));
    assertThat(Sent.redeem(customer, host).rows())
        .containsExactly("code_redeemed_again appliance " + host);
  }

  @Test
  void freeRedeemIsRecorded() {
    Customer customer = Customer.essentials(api);
    assertThat(Sent.redeem(customer, "host").rows())
        .containsExactly("code_redeemed appliance host");
  }

  @Test
  void applianceIdOfAnotherTenantIsRecorded() {
    String host = "host-" + Customer.unique();
    Sent.redeem(Customer.pro(api), host);
    assertThat(Sent.redeem(Customer.pro(api), host).rows())
        .containsExactlyInAnyOrder(
            "code_redeemed appliance " + host, "appliance_id_shared appliance " + host);
  }

  @Test
  void checkInIsRecordedWhenItChangesSomething() {
    Customer customer = Customer.pro(api);
    String credential = customer.redeem(api, "host").text("appliance_credential");
    assertThat(Sent.checkIn(credential).rows()).containsExactly("tenant_activated appliance -");
    assertThat(Sent.checkIn(credential).rows()).isEmpty();
    sql.update(
        "UPDATE entitlements SET token_exp = now() + interval '1 day' WHERE stripe_sub_id = ?",
        customer.stripeSubId());
    String licenseSub =
        sql.one(
            String.class,
            "SELECT license_sub FROM entitlements WHERE stripe_sub_id = ?",
            customer.stripeSubId());
    assertThat(Sent.checkIn(credential).rows())
        .containsExactly("license_signed appliance " + licenseSub);
  }

  @Test
  void rowIsOfTheTransactionThatItRecords() {
    Sent registered = register(Map.of());
    UUID tenant = UUID.fromString(registered.answer().text("tenant_id"));
    assertThat(registered.column(String.class, "xmin::text"))
        .containsOnly(
            sql.one(
                String.class, "SELECT xmin::text FROM tenant_registry WHERE tenant_id = ?", tenant),
            sql.one(
                String.class, "SELECT xmin::text FROM claim_codes WHERE tenant_id = ?", tenant));
    Customer customer = Customer.pro(api);
    Sent redeemed = Sent.redeem(customer, "host");
    assertThat(redeemed.column(String.class, "xmin::text"))
        .containsOnly(
            sql.one(
                String.class,
                "SELECT xmin::text FROM claim_codes WHERE tenant_id = ?",
                UUID.fromString(customer.tenantId())));
    Sent revoked = Sent.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(revoked.column(String.class, "xmin::text"))
        .containsOnly(
            sql.one(
                String.class,
                "SELECT xmin::text FROM entitlements WHERE stripe_sub_id = ?",
                customer.stripeSubId()));
  }

  @Test
  void rowOfARouteNamesNoOperator() {
    assertThat(register(Map.of()).column(String.class, "operator")).hasSize(2).containsOnlyNulls();
  }

  @Test
  void rowHasTheAddressOfTheRequest() throws UnknownHostException {
    Sent sent = register(Map.of());
    List<String> addresses = sent.column(String.class, "address");
    assertThat(addresses).hasSize(2).containsOnly(addresses.get(0));
    assertThat(InetAddress.getByName(addresses.get(0)).isLoopbackAddress()).isTrue();
  }

  private Sent register(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(Api.authorized());
    all.putAll(headers);
    return Sent.with(
        all,
        "/register-tenant",
        "company_name",
        "Acme",
        "contact_email",
        email,
        "edition",
        "essentials");
  }

  private Sent sign(String sub, int seats) {
    return Sent.service(
        "/sign",
        "stripe_sub_id",
        sub,
        "customer",
        "Acme",
        "tier",
        "pro",
        "seats",
        seats,
        "transport",
        "airgap");
  }

  private static String masked(String code) {
    return "****" + code.substring(4);
  }
}
