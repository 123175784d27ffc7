package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /register} accepts codes in several forms, and refuses malformed members. */
class RegisterInputIT {

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();
  private final Box box = Box.fresh(api);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s%s",
        "  %s%s\t\r\n",
        "%s %s",
        "%s-%s",
        "-%s--%s-",
        "%s\u2013%s",
        "%s \u2014 %s",
        "%s\u00a0%s",
        "%s\u2011%s"
      })
  void codeIsReadInAnyCaseWithSpacesAndDashesAnywhere(String typed) {
    String code = Customer.pro(api).code();
    String lowerHalf = code.substring(0, 4).toLowerCase(Locale.ROOT);
    assertThat(box.redeem(typed.formatted(lowerHalf, code.substring(4))).outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claim_code         | {'appliance_id': 'box'}",
        "claim_code         | {'appliance_id': 'box', 'claim_code': null}",
        "claim_code         | {'appliance_id': 'box', 'claim_code': 23456789}",
        "claim_code         | {'appliance_id': 'box', 'claim_code': ['CODE']}",
        "claim_code         | {'appliance_id': 'box', 'claim_code': {'code': 'CODE'}}",
        "appliance_id       | {'claim_code': 'CODE'}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': null}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': 7}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': true}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': ''}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': 'a box'}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': 'a/box'}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': 'b\\u00f6x'}",
        "appliance_id       | {'claim_code': 'CODE', 'appliance_id': 'box\\n'}",
        "tenant_id          | {'claim_code': 'CODE', 'appliance_id': 'box', 'tenant_id': 'x'}",
        "tenant_id          | {'claim_code': 'CODE', 'appliance_id': 'box', 'tenant_id': ''}",
        "tenant_id          | {'claim_code': 'CODE', 'appliance_id': 'box', 'tenant_id': 1}",
        "expected_tenant_id | {'claim_code': 'CODE', 'appliance_id': 'box', 'expected_tenant_id': '1-1-1-1-1'}",
        "expected_tenant_id | {'claim_code': 'CODE', 'appliance_id': 'box', 'expected_tenant_id': []}"
      },
      quoteCharacter = '`')
  void missingOrMalformedMemberIs400AndIsNamed(String field, String body) {
    Customer customer = Customer.pro(api);
    Answer answer = post(body.replace('\'', '"').replace("CODE", customer.code()));
    assertThat(answer.outcome()).isEqualTo("400 invalid_request");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
    assertThat(answer.body()).doesNotContain(customer.code());
    assertThat(portal.count(customer, "claim_codes", "consumed_at IS NULL")).isOne();
  }

  @Test
  void everyMalformedMemberIsNamedAtOnce() {
    Answer answer = post("{\"tenant_id\": \"x\", \"expected_tenant_id\": \"y\"}");
    assertThat(
            answer.json().getJsonArray("errors").stream()
                .map(error -> error.asJsonObject().getString("field")))
        .containsExactlyInAnyOrder("claim_code", "appliance_id", "tenant_id", "expected_tenant_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"text\"", "null", "{\"claim_code\": \"ABCDEFGH\""})
  void whatIsNoJsonObjectIs400(String body) {
    assertThat(post(body).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  void nullMeansAbsentAndUnknownMembersAreIgnored() {
    Customer customer = Customer.pro(api);
    Answer answer =
        box.redeem(
            customer.code(),
            "tenant_id",
            null,
            "expected_tenant_id",
            null,
            "edition",
            "premium",
            "hostname",
            7);
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("edition")).isEqualTo("pro");
  }

  @Test
  void applianceIdMayHaveOneTo128OfItsCharacters() {
    String longest = ("A-z_0." + Customer.unique() + "x".repeat(128)).substring(0, 128);
    for (String id : new String[] {"a", longest}) {
      assertThat(new Box(api, id).redeem(Customer.pro(api).code()).outcome()).isEqualTo("200");
    }
    Customer customer = Customer.pro(api);
    assertThat(new Box(api, longest + "x").redeem(customer.code()).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void tenantIdsAreReadInAnyCase() {
    Customer customer = Customer.pro(api);
    String upper = customer.tenantId().toUpperCase(Locale.ROOT);
    assertThat(box.redeem(customer.code(), "expected_tenant_id", upper).text("tenant_id"))
        .isEqualTo(customer.tenantId());
  }

  private Answer post(String body) {
    return api.send("POST", "/register", body, Map.of());
  }
}
