package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider confirms the session of an operator, and has to confirm it repeatedly. */
class ProviderSessionIT {

  private static final String OUT = "[action='/admin/sign-out'] button";
  private static final String LOST = "/admin/sign-in?said=lost";

  @BeforeEach
  void behave() {
    ProviderStage.behave();
  }

  @Test
  void aPageAsksTheProviderAgainAndTheSessionGoesOn() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    String token = clara.cookies().get("alga_console");
    Form suspend = suspend(clara);
    vouched(token, "5 minutes");
    Page page = clara.get("/admin/tenants?query=x");
    assertThat(page.status()).isEqualTo(302);
    URI back =
        ProviderStage.provider().signIn(clara.get(page.location().toString()).location(), "clara");
    assertThat(ProviderStage.end(clara, back)).isEqualTo("/admin/tenants?query=x");
    assertThat(clara.cookies().get("alga_console")).isEqualTo(token);
    assertThat(clara.get("/admin/tenants").status()).isEqualTo(200);
    assertThat(clara.send(suspend).status()).as("a form from before the renewal").isEqualTo(303);
  }

  @Test
  void aFormIsGoodForAsLongAsTheProvidersWord() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    Form first = suspend(clara);
    Form second = suspend(clara);
    String token = clara.cookies().get("alga_console");
    vouched(token, "9 minutes 50 seconds");
    assertThat(clara.send(first).status()).isEqualTo(303);
    vouched(token, "10 minutes");
    Page late = clara.send(second);
    assertThat(path(late.location())).isEqualTo(LOST);
    Page told = clara.follow(late);
    assertThat(told.html().expectFirst("#problem").text()).contains("nothing was changed");
    assertThat(told.html().expectFirst("a#go").attr("href")).startsWith("/admin/oidc");
  }

  @Test
  void somebodyWhoIsRemovedFromTheGroupIsOutWithinMinutes() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    String token = clara.cookies().get("alga_console");
    Form suspend = suspend(clara);
    ProviderStage.provider().add(Person.named("clara").in("staff"));
    vouched(token, "10 minutes");
    assertThat(path(clara.send(suspend).location())).isEqualTo(LOST);
    Page part =
        clara.send(
            "GET",
            ProviderStage.node().base().resolve("/admin/tenants"),
            null,
            Map.of("HX-Request", "true"));
    assertThat(part.status()).isEqualTo(401);
    URI back = ProviderStage.signedInAtProvider(clara, "/admin/overview", "clara");
    assertThat(ProviderStage.end(clara, back)).isEqualTo("/admin/sign-in?said=not_allowed");
    clara.cookies().put("alga_console", token);
    assertThat(clara.get("/admin/overview").status()).isEqualTo(302);
    assertThat(
            Stage.sql()
                .one(Long.class, "SELECT count(*) FROM operator_sessions WHERE " + is(token)))
        .isZero();
  }

  @Test
  void twoPeopleWithOneNameAreToldApart() throws IOException {
    String name = "eve-" + Customer.unique();
    Map<String, Object> nobody = Map.of();
    for (String subject : new String[] {"sub-1-" + name, "sub-2-" + name}) {
      Person person =
          new Person(subject, nobody).with("preferred_username", name).in("alga-operators");
      ProviderStage.provider().add(person);
      Console eve = ProviderStage.signedIn(name);
      assertThat(eve.send(suspend(eve)).status()).isEqualTo(303);
      assertThat(eve.get("/admin/activity").html().select("td[title='" + subject + "']"))
          .isNotEmpty();
      assertThat(eve.send(eve.get("/admin/overview").form(OUT)).status()).isEqualTo(200);
    }
    assertThat(
            Stage.sql()
                .all(
                    String.class,
                    "SELECT event || ' ' || operator_sub FROM audit_log WHERE operator = ?"
                        + " ORDER BY id",
                    name))
        .containsExactly(
            "operator_signed_in sub-1-" + name,
            "tenant_suspended sub-1-" + name,
            "operator_signed_out sub-1-" + name,
            "operator_signed_in sub-2-" + name,
            "tenant_suspended sub-2-" + name,
            "operator_signed_out sub-2-" + name);
  }

  @Test
  void aConfigurationOfAnotherIssuerIsNotUsed() {
    assertThat(ProviderStage.endAtAnotherIssuer()).endsWith("/admin/sign-in?said=provider");
  }

  /** Browsers apply form-action to redirects too, so a form must not lead to the provider. */
  @Test
  @NeedsBrowser
  void aFormOfALostSessionLeadsToAPageWithTheWayBackIn() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    URI base = ProviderStage.node().base();
    try (Browser browser =
        Browser.open(base, Device.desktop()).allow(ProviderStage.provider().issuer())) {
      browser
          .context()
          .addCookies(
              clara.cookies().entrySet().stream()
                  .map(kept -> new Cookie(kept.getKey(), kept.getValue()).setUrl(base.toString()))
                  .toList());
      browser.go("/admin/overview");
      Stage.sql()
          .update("DELETE FROM operator_sessions WHERE " + is(clara.cookies().get("alga_console")));
      browser.page().click(OUT);
      browser.page().waitForURL("**" + LOST);
      assertThat(browser.axe()).isEmpty();
      browser.page().click("#go");
      browser.page().getByText("continue as clara").click();
      browser.page().waitForURL("**/admin/overview");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static Form suspend(Console operator) {
    Customer customer = Customer.essentials(new Api(ProviderStage.node().base()));
    return operator.get("/admin/tenant?do=suspend&id=" + customer.tenantId()).form("#confirm");
  }

  private static String path(URI location) {
    return location.toString().replace(ProviderStage.node().base().toString(), "");
  }

  private static void vouched(String token, String age) {
    Stage.sql()
        .update(
            "UPDATE operator_sessions SET vouched_at = now() - CAST(? AS interval) WHERE "
                + is(token),
            age);
  }

  private static String is(String token) {
    return "token_hash = sha256('" + token + "')";
  }
}
