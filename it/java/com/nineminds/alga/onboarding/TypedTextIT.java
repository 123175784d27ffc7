package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Order;
import com.nineminds.alga.harness.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is accepted as people type and paste it, and found again. */
class TypedTextIT {

  private final Api api = Stage.api();
  private final String unique = Customer.unique();

  @ParameterizedTest
  @ValueSource(
      strings = {"it-%s@acme.example ", "\tit-%s@acme.example", "\u00a0it-%s@acme.example\ufeff"})
  void spaceAroundAnEmailAddressIsDropped(String email) {
    Answer answer = Order.of("Acme", email.formatted(unique), "essentials").send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(contact(answer)).isEqualTo("it-" + unique + "@acme.example");
    assertThat(
            api.service("/install-codes/reissue", "contact_email", email.formatted(unique))
                .outcome())
        .isEqualTo("200");
  }

  @Test
  void nameIsStoredInOneForm() {
    Answer answer = register(" \u3000Cafe\u0301 " + unique + "\u200b\u2028");
    assertThat(company(answer)).isEqualTo("Caf\u00e9 " + unique);
  }

  @ParameterizedTest
  @CsvSource({
    "\u0130stanbul Yaz\u0131l\u0131m, \u0130stanbul Yaz\u0131l\u0131m",
    "\u0130stanbul Yaz\u0131l\u0131m, \u0130STANBUL",
    "Stra\u00dfe und \u00c4pfel, STRA\u00dfE UND \u00c4PFEL",
    "\u039f\u03b4\u03cc\u03c2 \u0391\u03b8\u03ae\u03bd\u03b1, \u0391\u0398\u0389\u039d\u0391",
    "Cafe\u0301 Central, CAF\u00c9 CENTRAL",
    "Caf\u00e9 Central, Cafe\u0301 central",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043f\u0440\u0438\u0412\u0415\u0442"
  })
  void companyIsFoundInItsOwnSpellingAndInAnotherCase(String company, String query) {
    String tenant = register(company + " " + unique).text("tenant_id");
    String found =
        api.get("/tenants?limit=200&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .body();
    assertThat(found).contains(tenant);
  }

  @Test
  void nameOfFiveHundredCharactersIsAccepted() {
    String name = unique + "\ud83d\ude80".repeat(500 - unique.length());
    assertThat(company(register(name))).isEqualTo(name);
  }

  @Test
  void byteOrderMarkBeforeTheBodyIsSkipped() {
    Customer customer = Customer.essentials(api);
    String body =
        "\ufeff" + Api.object("claim_code", customer.code(), "appliance_id", "box-" + unique);
    assertThat(api.send("POST", "/register", body, Map.of()).outcome()).isEqualTo("200");
    assertThat(api.send("POST", "/register", "\ufeff", Map.of()).status()).isEqualTo(400);
    assertThat(api.send("POST", "/register", "\ufeff\ufeff{}", Map.of()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u200b%s-%s\ufeff", "%s\u2212%s", "\u00ad%s\u200e \u2011%s\u2060", "%s\u2028%s"})
  void codeIsReadAsItIsPasted(String pasted) {
    String code = Customer.pro(api).code();
    String typed =
        pasted.formatted(code.substring(0, 4).toLowerCase(Locale.ROOT), code.substring(4));
    assertThat(
            api.appliance("/register", "claim_code", typed, "appliance_id", "box-" + unique)
                .outcome())
        .isEqualTo("200");
  }

  private Answer register(String company) {
    Answer answer = Order.of(company, "it-" + unique + "@it.test", "essentials").send(api);
    assertThat(answer.outcome()).isEqualTo("201");
    return answer;
  }

  private String company(Answer registered) {
    return tenant(registered, "company_name");
  }

  private String contact(Answer registered) {
    return tenant(registered, "contact_email");
  }

  private String tenant(Answer registered, String member) {
    return api.get("/tenants/" + registered.text("tenant_id"))
        .json()
        .getJsonObject("tenant")
        .getString(member);
  }
}
