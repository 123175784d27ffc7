package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a form of the operator's own session makes a change. */
class FormTokenIT {

  private static final URI BASE = Stage.node().base();
  private static final Api API = new Api(BASE);
  private static final Map<String, String> FROM_NOWHERE = Map.of("Origin", "");

  private static Console anna;
  private static String boris;

  @BeforeAll
  static void signIn() {
    anna = Console.signedIn(BASE, "anna");
    boris =
        Console.signedIn(BASE, "boris")
            .get("/admin/overview")
            .form("[action='/admin/sign-out'] button")
            .value("form_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "cancel", "reissue", "revoke_code"})
  void noChangeWithoutTheTokenOfTheSession(String verb) {
    Customer customer = Customer.pro(API);
    Form form = form(customer, verb);
    String token = form.value("form_token");
    for (Form wrong :
        List.of(
            form.without("form_token"),
            form.with("form_token", ""),
            form.with("form_token", "null"),
            form.with("form_token", boris),
            form.with("form_token", token.substring(1)),
            form.with("form_token", token + "A"),
            form.without("form_token").and("form_token", boris).and("form_token", token))) {
      assertRefused(anna.send(wrong));
      assertRefused(anna.send(wrong, FROM_NOWHERE));
    }
    assertUnchanged(customer);
    assertThat(anna.send(form).status()).isLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://elsewhere.example",
        "http://localhost",
        "http://localhost.elsewhere.example",
        "https://license.example.test"
      })
  void noChangeByAnotherSitesPage(String origin) {
    Customer customer = Customer.pro(API);
    Form form = form(customer, "suspend");
    assertRefused(anna.send(form, Map.of("Origin", origin)));
    assertUnchanged(customer);
  }

  @Test
  void everyOtherPageRefusesToo() {
    for (String path :
        List.of(
            "/admin/overview",
            "/admin/tenants",
            "/admin/tenants.csv",
            "/admin/appliances",
            "/admin/activity",
            "/admin/failed",
            "/admin/sign-out",
            "/admin/oidc",
            "/admin/callback",
            "/admin/sign-in")) {
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
        assertRefused(anna.send(method, BASE.resolve(path), "form_token=" + boris, FROM_NOWHERE));
      }
    }
    assertThat(anna.get("/admin/overview").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "cancel", "reissue", "revoke_code"})
  void noChangeByALink(String verb) {
    Customer customer = Customer.pro(API);
    Form form = form(customer, verb);
    for (Form sent : List.of(form, form.without("form_token"))) {
      URI link = BASE.resolve("/admin/tenant?" + query(sent));
      for (String method : List.of("GET", "HEAD")) {
        assertThat(anna.send(method, link, null, FROM_NOWHERE).status()).isEqualTo(403);
      }
    }
    assertUnchanged(customer);
  }

  @Test
  void nobodyIsSignedInByALinkOrAFormFromElsewhere() {
    Console victim = new Console(BASE);
    Form form =
        victim
            .get(Console.SIGN_IN)
            .form("#go")
            .with("name", "anna", "password", Stage.operatorPassword("anna"));
    assertRefused(victim.get(Console.SIGN_IN + "?" + query(form)));
    assertRefused(victim.send(form, FROM_NOWHERE));
    assertRefused(victim.send(form, Map.of("Origin", "null")));
    assertThat(victim.cookies()).isEmpty();
    assertThat(victim.send(form).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "Stateless", "stateless:1", "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=="})
  void noViewIsRestored(String state) {
    Form form = form(Customer.pro(API), "suspend").with("jakarta.faces.ViewState", state);
    assertRefused(anna.send(form));
    Console nobody = new Console(BASE);
    assertRefused(
        nobody.send(
            nobody.get(Console.SIGN_IN).form("#go").with("jakarta.faces.ViewState", state)));
    assertRefused(anna.get("/admin/overview?jakarta.faces.ViewState=" + state));
    assertThat(anna.get("/admin/nix?jakarta.faces.ViewState=" + state).status()).isEqualTo(404);
  }

  private static Form form(Customer customer, String verb) {
    String page = "/admin/tenant?id=" + customer.tenantId();
    String ask =
        verb.equals("revoke_code")
            ? anna.get(page).html().expectFirst("a[href*=revoke_code]").attr("href")
            : page + "&do=" + verb;
    return anna.get(ask).form("#confirm");
  }

  private static void assertRefused(Page page) {
    assertThat(page.status()).as(page.toString()).isEqualTo(403);
    assertThat(page.body()).contains("Nothing was changed");
  }

  private static void assertUnchanged(Customer customer) {
    assertThat(status(customer)).isEqualTo("registered");
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT event FROM audit_log WHERE tenant_id = ?::uuid AND actor = 'operator'",
                    customer.tenantId()))
        .isEmpty();
  }

  private static String query(Form form) {
    return form.fields().stream()
        .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String status(Customer customer) {
    return Stage.sql()
        .one(
            String.class,
            "SELECT status FROM tenant_registry WHERE tenant_id = ?::uuid",
            customer.tenantId());
  }
}
