package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /install-codes/reissue} selects a tenant and mints a fresh code for it. */
class ReissueIT {

  /** Another tenant with the same e-mail. The same order would be a repeat. */
  private Answer another(Order order) {
    return order.with("region", Customer.unique()).send(api);
  }

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();

  @Test
  void byTenantIdAnswersAFreshCode() {
    Order order = Order.paid();
    Answer first = order.send(api);
    long expected = Instant.now().plus(Duration.ofDays(30)).getEpochSecond();
    Answer fresh = byId(first.text("tenant_id"));
    assertThat(fresh.outcome()).isEqualTo("200");
    assertThat(fresh.header("Cache-Control")).hasValue("no-store");
    assertThat(fresh.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(fresh.text("install_code")).isNotEqualTo(first.text("install_code"));
    assertThat(fresh.text("download_url")).startsWith("http");
    assertThat(fresh.number("expires_at")).isBetween(expected - 5, expected + 60);
    assertThat(fresh.text("edition")).isEqualTo("pro");
    assertThat(fresh.text("company_name")).isEqualTo(order.company());
  }

  @Test
  void freshCodeCarriesTheActiveEntitlement() {
    Customer customer = Customer.pro(api);
    Answer redeemed = redeem(byId(customer.tenantId()));
    assertThat(redeemed.text("edition")).isEqualTo("pro");
    assertThat(redeemed.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(redeemed.has("appliance_credential")).isTrue();
  }

  @Test
  void olderLiveCodesAreSuperseded() {
    Customer customer = Customer.pro(api);
    Answer second = byId(customer.tenantId());
    assertThat(byId(customer.tenantId()).outcome()).isEqualTo("200");
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("409 superseded_claim_code");
    assertThat(redeem(second).outcome()).isEqualTo("409 superseded_claim_code");
  }

  @Test
  void essentialsTenantGetsAnEssentialsCode() {
    Customer customer = Customer.essentials(api);
    Answer fresh = byId(customer.tenantId());
    assertThat(fresh.text("edition")).isEqualTo("essentials");
    assertThat(redeem(fresh).has("first_jwt")).isFalse();
  }

  @Test
  void downloadIsPresignedAnew() {
    Customer customer = Customer.pro(api);
    sql.update(
        "UPDATE claim_codes SET expires_at = now() + interval '1 hour' WHERE tenant_id = ?",
        UUID.fromString(customer.tenantId()));
    assertThat(byId(customer.tenantId()).text("download_url")).contains("X-Amz-Expires=604800");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void byEmailInAnyCase(boolean upper) {
    Order order = Order.essentials();
    String email = order.email();
    String registered = upper ? email : email.replace("order", "ORDer");
    Answer first = order.with("contact_email", registered).send(api);
    Answer fresh = byEmail(upper ? email.toUpperCase(Locale.ROOT) : email);
    assertThat(fresh.outcome()).isEqualTo("200");
    assertThat(fresh.text("tenant_id")).isEqualTo(first.text("tenant_id"));
  }

  @Test
  void ofSeveralTheMostRecentlyInstalledOneIsMeant() {
    Order order = Order.essentials();
    Answer earlier = another(order);
    Answer later = another(order);
    another(order);
    redeem(later);
    redeem(earlier);
    assertThat(byEmail(order.email()).text("tenant_id")).isEqualTo(earlier.text("tenant_id"));
  }

  @Test
  void ofSeveralThatWereNeverInstalledTheMostRecentlyRegisteredOneIsMeant() {
    Order order = Order.essentials();
    another(order);
    another(order);
    Answer last = another(order);
    assertThat(byEmail(order.email()).text("tenant_id")).isEqualTo(last.text("tenant_id"));
  }

  @Test
  void cancelledOneIsNeverChosen() {
    Order order = Order.essentials();
    Answer kept = another(order);
    Answer cancelled = another(order);
    redeem(cancelled);
    close(cancelled.text("tenant_id"), "cancelled");
    assertThat(byEmail(order.email()).text("tenant_id")).isEqualTo(kept.text("tenant_id"));
  }

  @Test
  void allCancelledIs403() {
    Order order = Order.essentials();
    close(another(order).text("tenant_id"), "cancelled");
    close(another(order).text("tenant_id"), "cancelled");
    assertThat(byEmail(order.email()).outcome()).isEqualTo("403 tenant_cancelled");
  }

  @ParameterizedTest
  @CsvSource({
    "suspended, true, 403 tenant_suspended",
    "suspended, false, 403 tenant_suspended",
    "cancelled, true, 403 tenant_cancelled",
    "cancelled, false, 403 tenant_cancelled"
  })
  void closedTenantIs403AndKeepsItsCode(String status, boolean byId, String outcome) {
    Customer customer = Customer.essentials(api);
    close(customer.tenantId(), status);
    Answer refused = byId ? byId(customer.tenantId()) : byEmail(customer.email());
    assertThat(refused.outcome()).isEqualTo(outcome);
    close(customer.tenantId(), "registered");
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("200");
  }

  @Test
  void bothMembersMustFitTheSameTenant() {
    Customer one = Customer.essentials(api);
    Customer other = Customer.essentials(api);
    assertThat(byBoth(one.tenantId(), one.email().toUpperCase(Locale.ROOT)).text("tenant_id"))
        .isEqualTo(one.tenantId());
    assertThat(byBoth(one.tenantId(), other.email()).outcome()).isEqualTo("404 unknown_tenant");
    assertThat(other.redeem(api, "box").outcome()).isEqualTo("200");
  }

  @Test
  void bothMembersPickOneOfSeveralWithThatEmail() {
    Order order = Order.essentials();
    Answer first = another(order);
    another(order);
    assertThat(byBoth(first.text("tenant_id"), order.email()).text("tenant_id"))
        .isEqualTo(first.text("tenant_id"));
  }

  @Test
  void unknownIs404() {
    assertThat(byId(UUID.randomUUID().toString()).outcome()).isEqualTo("404 unknown_tenant");
    assertThat(byEmail("nobody-" + Customer.unique() + "@it.test").outcome())
        .isEqualTo("404 unknown_tenant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tenant_id\": null, \"contact_email\": null}",
        "{\"tenant_id\": \"x\"}",
        "{\"tenant_id\": 1}",
        "{\"contact_email\": \"x\"}",
        "{\"contact_email\": \"\"}",
        "{\"contact_email\": [\"a@it.test\"]}"
      })
  void missingOrMalformedMembersAre400(String body) {
    Answer answer = api.send("POST", "/install-codes/reissue", body, Api.authorized());
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors")).isNotEmpty();
  }

  @Test
  void paidTenantWhoseEntitlementEndedGetsACodeThatRedeemsAsEssentials() {
    Customer customer = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", customer.stripeSubId());
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("403 entitlement_inactive");
    Answer fresh = byId(customer.tenantId());
    assertThat(fresh.outcome()).isEqualTo("200");
    assertThat(fresh.text("edition")).isEqualTo("pro");
    Answer redeemed = redeem(fresh);
    assertThat(redeemed.outcome()).isEqualTo("200");
    assertThat(redeemed.text("tenant_id")).isEqualTo(customer.tenantId());
    assertThat(redeemed.text("edition")).isEqualTo("essentials");
    assertThat(redeemed.has("appliance_credential")).isFalse();
    assertThat(redeemed.has("first_jwt")).isFalse();
  }

  @Test
  void consumedCodeStaysConsumed() {
    Customer customer = Customer.essentials(api);
    customer.redeem(api, "box-1");
    assertThat(redeem(byId(customer.tenantId())).outcome()).isEqualTo("200");
    assertThat(customer.redeem(api, "box-1").outcome()).isEqualTo("409 consumed_claim_code");
    assertThat(customer.redeem(api, "box-2").outcome()).isEqualTo("409 consumed_claim_code");
  }

  private Answer byId(String tenantId) {
    return api.service("/install-codes/reissue", "tenant_id", tenantId);
  }

  private Answer byEmail(String email) {
    return api.service("/install-codes/reissue", "contact_email", email);
  }

  private Answer byBoth(String tenantId, String email) {
    return api.service("/install-codes/reissue", "tenant_id", tenantId, "contact_email", email);
  }

  private Answer redeem(Answer coded) {
    return api.appliance(
        "/register", "claim_code", coded.text("install_code"), "appliance_id", "box");
  }

  private void close(String tenantId, String status) {
    sql.update(
        "UPDATE tenant_registry SET status = ? WHERE tenant_id = ?",
        status,
        UUID.fromString(tenantId));
  }
}
