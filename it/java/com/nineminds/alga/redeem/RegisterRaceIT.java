package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** {@code POST /register} at the same moment as another request about the same code. */
class RegisterRaceIT {

  private static final String CONSUMED = "409 consumed_claim_code";

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();

  @RepeatedTest(3)
  void oneOf64AppliancesWinsACode() {
    Customer customer = Customer.pro(api);
    List<String> outcomes = AtOnce.times(64, i -> Box.fresh(api).redeem(customer.code()).outcome());
    assertThat(outcomes.stream().filter("200"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter(CONSUMED::equals)).hasSize(63);
    assertThat(portal.count(customer, "appliances", "true")).isOne();
    assertThat(portal.count(customer, "audit_log", "event = 'code_redeemed'")).isOne();
  }

  @Test
  void oneOf64AppliancesWinsAnEssentialsCode() {
    Customer customer = Customer.essentials(api);
    List<String> outcomes = AtOnce.times(64, i -> Box.fresh(api).redeem(customer.code()).outcome());
    assertThat(outcomes.stream().filter("200"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter(CONSUMED::equals)).hasSize(63);
  }

  @Test
  void oneOf32AppliancesWinsACodeWithoutATenant() {
    String code = portal.codeWithoutTenant("sub_" + Customer.unique());
    List<String> outcomes = AtOnce.times(32, i -> Box.fresh(api).redeem(code).outcome());
    assertThat(outcomes.stream().filter("200"::equals)).hasSize(1);
    assertThat(outcomes.stream().filter(CONSUMED::equals)).hasSize(31);
  }

  /** The appliances outnumber the pool's connections. Each needs several statements. */
  @Test
  void manyAppliancesOnOneCodeAreAllAnswered() {
    for (int round = 0; round < 100; round++) {
      Customer customer = Customer.pro(api);
      List<Answer> answers = AtOnce.times(64, i -> Box.fresh(api).redeem(customer.code()));
      assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
      assertThat(answers).extracting(Answer::outcome).containsOnly("200", CONSUMED);
    }
  }

  @RepeatedTest(3)
  void parallelRequestsOfOneApplianceLeaveOneValidCredential() {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    List<Answer> answers = AtOnce.times(16, i -> box.redeem(customer.code()));
    assertOneIsValid(answers.stream());
    assertThat(portal.count(customer, "appliances", "true")).isOne();
  }

  @RepeatedTest(3)
  void parallelRetriesOfOneApplianceLeaveOneValidCredential() {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    Answer first = box.redeem(customer.code());
    List<Answer> retries = AtOnce.times(16, i -> box.redeem(customer.code()));
    assertOneIsValid(Stream.concat(Stream.of(first), retries.stream()));
    assertThat(portal.count(customer, "appliances", "true")).isOne();
  }

  @Test
  void redeemRacingABindingNeverLicensesOneTenantOnTheSubscriptionOfAnother() {
    for (int i = 0; i < 30; i++) {
      String sub = "sub_" + Customer.unique();
      String code = portal.codeWithoutTenant(sub);
      String said = UUID.randomUUID().toString();
      String bound = UUID.randomUUID().toString();
      String box = "box-" + Customer.unique();
      List<Answer> answers =
          AtOnce.all(
              List.of(
                  () ->
                      api.appliance(
                          "/register", "claim_code", code, "appliance_id", box, "tenant_id", said),
                  () -> sign(sub, bound)));
      assertThat(answers.get(0).outcome()).isEqualTo("200");
      assertThat(answers.get(1).outcome()).isIn("200", "409 entitlement_conflict");
      String winner = answers.get(1).status() == 200 ? bound : said;
      assertThat(answers.get(0).text("tenant_id")).isEqualTo(winner);
    }
  }

  private Answer sign(String sub, String tenantId) {
    return api.service(
        "/sign",
        "stripe_sub_id",
        sub,
        "tenant_id",
        tenantId,
        "customer",
        "Acme",
        "tier",
        "pro",
        "transport",
        "connected");
  }

  @Test
  void redeemRacingAReissueIsServedOrSupersededAndOneCodeIsLive() {
    Customer customer = Customer.pro(api);
    String code = customer.code();
    for (int i = 0; i < 50; i++) {
      String raced = code;
      Box box = Box.fresh(api);
      List<Answer> answers = AtOnce.all(List.of(() -> box.redeem(raced), () -> reissue(customer)));
      code = answers.get(1).text("install_code");
      boolean won = answers.get(0).status() == 200;
      if (!won) {
        assertThat(answers.get(0).outcome()).isEqualTo("409 superseded_claim_code");
      }
      assertThat(portal.count(customer, "claim_codes", "consumed_by = '" + box.id() + "'"))
          .isEqualTo(won ? 1 : 0);
      assertThat(portal.count(customer, "appliances", "appliance_id = '" + box.id() + "'"))
          .isEqualTo(won ? 1 : 0);
      assertThat(live(customer)).isOne();
      assertThat(box.redeem(raced).status()).isEqualTo(409);
    }
    assertThat(
            portal.count(
                customer, "claim_codes", "consumed_at IS NOT NULL AND revoked_at IS NOT NULL"))
        .isZero();
    assertThat(Box.fresh(api).redeem(code).outcome()).isEqualTo("200");
  }

  @Test
  void retryRacingAReissueLeavesTheApplianceOneValidCredential() {
    Customer customer = Customer.pro(api);
    String code = customer.code();
    for (int i = 0; i < 20; i++) {
      String raced = code;
      Box box = Box.fresh(api);
      Answer first = box.redeem(raced);
      List<Answer> answers = AtOnce.all(List.of(() -> box.redeem(raced), () -> reissue(customer)));
      code = answers.get(1).text("install_code");
      assertThat(answers.get(0).outcome()).isIn("200", CONSUMED);
      assertOneIsValid(Stream.of(first, answers.get(0)).filter(answer -> answer.status() == 200));
      assertThat(live(customer)).isOne();
    }
  }

  @Test
  void redeemRacingARevocationIsServedOrInactive() {
    for (int i = 0; i < 25; i++) {
      Customer customer = Customer.pro(api);
      Box box = Box.fresh(api);
      List<Answer> answers =
          AtOnce.all(
              List.of(
                  () -> box.redeem(customer.code()),
                  () -> api.service("/revoke", "stripe_sub_id", customer.stripeSubId())));
      assertThat(answers.get(1).outcome()).isEqualTo("200");
      boolean won = answers.get(0).status() == 200;
      if (won) {
        assertThat(box.checkIn(answers.get(0).text("appliance_credential")).text("status"))
            .isEqualTo("revoked");
      } else {
        assertThat(answers.get(0).outcome()).isEqualTo("403 entitlement_inactive");
      }
      assertThat(portal.count(customer, "appliances", "true")).isEqualTo(won ? 1 : 0);
      assertThat(
              portal.count(
                  customer, "claim_codes", won ? "revoked_at IS NULL" : "consumed_at IS NULL"))
          .isOne();
      assertThat(live(customer)).isZero();
    }
  }

  private Answer reissue(Customer customer) {
    return api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
  }

  private long live(Customer customer) {
    return portal.count(customer, "claim_codes", "consumed_at IS NULL AND revoked_at IS NULL");
  }

  private void assertOneIsValid(Stream<Answer> redeemed) {
    List<Integer> statuses =
        redeemed
            .map(answer -> answer.text("appliance_credential"))
            .map(credential -> api.service("/verify-appliance", "credential", credential).status())
            .toList();
    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses).isSubsetOf(200, 401);
  }
}
