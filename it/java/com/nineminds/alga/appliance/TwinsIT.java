package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A machine has one registration in its tenant, whenever the tenant becomes known. */
class TwinsIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);
  private final String sub = "sub_" + Customer.unique();

  @Test
  void secondCodeOfTheSubscriptionThatBringsTheTenantReplacesTheFirstCredential() {
    String tenant = UUID.randomUUID().toString();
    String first = box.install(portal.codeWithoutTenant(sub));
    String second = redeem(codeOfSubscription(), tenant);
    assertDead(first);
    assertThat(box.checkIn(second).text("status")).isEqualTo("ok");
    assertOneRow();
    assertThat(revoke(tenant)).isEqualTo("200");
    assertDead(second);
  }

  @Test
  void applianceThatCameWithoutATenantIsRevokedWithoutATenantToo() {
    box.install(portal.codeWithoutTenant(sub));
    String second = redeem(codeOfSubscription(), UUID.randomUUID().toString());
    assertThat(api.service("/revoke", "appliance_id", box.id()).outcome()).isEqualTo("200");
    assertDead(second);
  }

  @Test
  void registeredTenantShowsTheOnlyRegistration() {
    Customer customer = Customer.essentials(api);
    String first = box.install(portal.codeWithoutTenant(sub));
    String second = redeem(codeOfSubscription(), customer.tenantId());
    assertDead(first);
    assertThat(portal.details(customer).getJsonArray("appliances")).hasSize(1);
    assertThat(box.checkIn(second).text("status")).isEqualTo("ok");
  }

  @Test
  void applianceOfOneCustomerIsNotSharedWithAnybody() {
    box.install(portal.codeWithoutTenant(sub));
    redeem(codeOfSubscription(), Customer.essentials(api).tenantId());
    assertThat(events()).doesNotContain("appliance_id_shared null");
  }

  @Test
  void endOfTheOtherRegistrationIsRecordedWithTheRequestThatCausedIt() {
    Customer customer = Customer.essentials(api);
    box.install(portal.codeWithoutTenant(sub));
    redeem(codeOfSubscription(), customer.tenantId());
    assertThat(
            portal
                .sql()
                .one(
                    Long.class,
                    """
                    SELECT count(*) FROM audit_log gone JOIN audit_log redeemed
                      ON redeemed.request_id = gone.request_id AND redeemed.actor = gone.actor
                    WHERE gone.event = 'appliance_revoked' AND gone.subject = ?
                      AND gone.tenant_id = CAST(? AS uuid) AND redeemed.event = 'code_redeemed'
                    """,
                    box.id(),
                    customer.tenantId()))
        .isOne();
  }

  @Test
  void newerRegistrationStaysWhenASignatureBindsTheSubscription() {
    Customer customer = Customer.pro(api);
    String older = box.install(customer.code());
    portal.revokeSubscription(customer);
    String newer = box.install(portal.codeWithoutTenant(sub));
    bind(customer);
    assertDead(older);
    assertThat(box.checkIn(newer).text("status")).isEqualTo("ok");
    assertThat(portal.details(customer).getJsonArray("appliances")).hasSize(1);
    assertOneRow();
    assertThat(revoke(customer.tenantId())).isEqualTo("200");
    assertDead(newer);
  }

  @Test
  void newerRegistrationOfTheTenantStaysToo() {
    String older = box.install(portal.codeWithoutTenant(sub));
    Customer customer = Customer.pro(api);
    String newer = box.install(customer.code());
    portal.revokeSubscription(customer);
    bind(customer);
    assertDead(older);
    assertOneRow();
    assertThat(box.checkIn(newer).text("status")).isEqualTo("revoked");
  }

  @Test
  void registrationThatWasRevokedGivesWayToALiveOne() {
    String live = box.install(portal.codeWithoutTenant(sub));
    Customer customer = Customer.pro(api);
    box.install(customer.code());
    portal.revokeAppliance(customer, box);
    portal.revokeSubscription(customer);
    bind(customer);
    assertThat(box.checkIn(live).text("status")).isEqualTo("ok");
    assertOneRow();
  }

  @Test
  void paymentThatBindsTheSubscriptionLeavesOneRegistration() {
    Customer customer = Customer.pro(api);
    String older = box.install(customer.code());
    portal.revokeSubscription(customer);
    String newer = box.install(portal.codeWithoutTenant(sub));
    Answer attached =
        api.service(
            "/register-tenant",
            "tenant_id",
            customer.tenantId(),
            "company_name",
            "Same Company",
            "contact_email",
            customer.email(),
            "edition",
            "premium",
            "stripe_sub_id",
            sub);
    assertThat(attached.status()).as(attached.toString()).isEqualTo(201);
    assertDead(older);
    assertThat(box.checkIn(newer).text("status")).isEqualTo("ok");
    assertOneRow();
  }

  private void bind(Customer customer) {
    Answer signed =
        api.service(
            "/sign",
            "stripe_sub_id",
            sub,
            "customer",
            "Bound",
            "tier",
            "premium",
            "transport",
            "connected",
            "tenant_id",
            customer.tenantId());
    assertThat(signed.status()).as(signed.toString()).isEqualTo(200);
  }

  private String codeOfSubscription() {
    return api.service("/claim-codes", "stripe_sub_id", sub).text("code");
  }

  private String redeem(String code, String tenant) {
    Answer answer = box.redeem(code, "tenant_id", tenant);
    assertThat(answer.outcome()).isEqualTo("200");
    return answer.text("appliance_credential");
  }

  private String revoke(String tenant) {
    return api.service("/revoke", "appliance_id", box.id(), "tenant_id", tenant).outcome();
  }

  private void assertDead(String credential) {
    assertThat(api.service("/verify-appliance", "credential", credential).status()).isEqualTo(401);
    assertThat(box.checkIn(credential).status()).isEqualTo(401);
  }

  private void assertOneRow() {
    assertThat(
            portal
                .sql()
                .one(
                    Long.class, "SELECT count(*) FROM appliances WHERE appliance_id = ?", box.id()))
        .isOne();
  }

  private List<String> events() {
    return portal
        .sql()
        .all(
            String.class,
            "SELECT concat_ws(' ', event, coalesce(detail, 'null')) FROM audit_log"
                + " WHERE subject = ?",
            box.id());
  }
}
