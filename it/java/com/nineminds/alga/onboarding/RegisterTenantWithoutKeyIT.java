package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registration of the free edition without a key is a repeat for {@code
 * REGISTRATION_REPEAT_SECONDS}. Some clients send it up to a hundred times.
 */
class RegisterTenantWithoutKeyIT {

  private static final int CLIENTS = 32;

  private final Api api = Stage.api();
  private final String unique = Customer.unique();
  private final String email = "it-" + unique + "@repeat.test";

  @Test
  void repeatGivesTheSameTenantAndTheSameCode() {
    Answer first = order("essentials").send(api);
    assertThat(first.outcome()).isEqualTo("201");
    Answer again = order("essentials").send(api);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(again.text("tenant_id")).isEqualTo(first.text("tenant_id"));
    assertThat(again.text("install_code")).isEqualTo(first.text("install_code"));
    assertThat(tenants()).isOne();
  }

  @Test
  void bodyWithTheSameMeaningIsARepeat() {
    order("essentials").send(api);
    Answer again =
        Order.of(" Repeat " + unique + "\u200b", email + " ", "essentials")
            .with("product_code", "psa")
            .with("deployment_type", "appliance")
            .send(api);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(tenants()).isOne();
  }

  @Test
  void manyAtOnceMakeOneTenant() {
    List<Answer> answers = AtOnce.times(CLIENTS, i -> order("essentials").send(api));
    assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().map(answer -> answer.text("tenant_id")).distinct()).hasSize(1);
    assertThat(answers.stream().map(answer -> answer.text("install_code")).distinct()).hasSize(1);
    assertThat(tenants()).isOne();
  }

  @Test
  void otherBodyIsANewTenant() {
    order("essentials").send(api);
    assertThat(order("essentials").with("contact_name", "Ann").send(api).outcome())
        .isEqualTo("201");
    assertThat(order("essentials").with("region", "eu").send(api).outcome()).isEqualTo("201");
    assertThat(tenants()).isEqualTo(3);
  }

  @Test
  void paidRegistrationIsNoRepeat() {
    assertThat(order("pro").send(api).outcome()).isEqualTo("201");
    assertThat(order("pro").send(api).outcome()).isEqualTo("201");
    assertThat(tenants()).isEqualTo(2);
  }

  @Test
  void registrationWithAnotherKeyIsNoRepeat() {
    order("essentials").send(api);
    assertThat(order("essentials").sendWithKey(api, "key-" + unique).outcome()).isEqualTo("201");
    assertThat(order("essentials").send(api).outcome()).isEqualTo("200");
    assertThat(tenants()).isEqualTo(2);
  }

  @Test
  void registrationThatNamesATenantIsNoRepeat() {
    order("essentials").send(api);
    Answer pinned = order("essentials").with("tenant_id", UUID.randomUUID().toString()).send(api);
    assertThat(pinned.outcome()).isEqualTo("201");
    assertThat(tenants()).isEqualTo(2);
  }

  @Test
  void registrationAfterTheInstallIsANewTenant() {
    Answer first = order("essentials").send(api);
    api.appliance(
        "/register", "claim_code", first.text("install_code"), "appliance_id", "box-" + unique);
    assertNewTenantWithACodeOfItsOwn(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE claim_codes SET expires_at = now() WHERE tenant_id = ?",
        "UPDATE claim_codes SET revoked_at = now() WHERE tenant_id = ?",
        "UPDATE tenant_registry SET status = 'suspended' WHERE tenant_id = ?",
        "UPDATE idempotency_keys SET created_at = now() - interval '601 s' WHERE tenant_id = ?"
      })
  void registrationIsANewTenantOnceTheFirstOneIsNotAsItWas(String change) {
    Answer first = order("essentials").send(api);
    Stage.sql().update(change, UUID.fromString(first.text("tenant_id")));
    assertNewTenantWithACodeOfItsOwn(first);
  }

  @Test
  void repeatAfterAReissueGivesTheFreshCode() {
    Answer first = order("essentials").send(api);
    String fresh =
        api.service("/install-codes/reissue", "tenant_id", first.text("tenant_id"))
            .text("install_code");
    Answer again = order("essentials").send(api);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(again.text("install_code")).isEqualTo(fresh);
  }

  private void assertNewTenantWithACodeOfItsOwn(Answer first) {
    Answer next = order("essentials").send(api);
    assertThat(next.outcome()).isEqualTo("201");
    assertThat(next.text("tenant_id")).isNotEqualTo(first.text("tenant_id"));
    assertThat(next.text("install_code")).isNotEqualTo(first.text("install_code"));
    Answer again = order("essentials").send(api);
    assertThat(again.outcome()).isEqualTo("200");
    assertThat(again.text("tenant_id")).isEqualTo(next.text("tenant_id"));
    assertThat(tenants()).isEqualTo(2);
  }

  private Order order(String edition) {
    return Order.of("Repeat " + unique, email, edition);
  }

  private long tenants() {
    return Stage.sql()
        .one(Long.class, "SELECT count(*) FROM tenant_registry WHERE contact_email = ?", email);
  }
}
