package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sign-out ends the session at the console in any case, and then the one at the provider. */
class ProviderSignOutIT {

  private static final TestProvider PROVIDER = ProviderStage.provider();
  private static final Node NODE = ProviderStage.node();
  private static final String OUT = "[action='/admin/sign-out'] button";

  @BeforeEach
  @AfterEach
  void behave() {
    ProviderStage.behave();
  }

  @Test
  @NeedsBrowser
  void aPersonIsSignedOutAtBoth() {
    try (Browser browser = Browser.open(NODE.base(), Device.desktop()).allow(PROVIDER.issuer())) {
      browser.go("/admin/overview");
      browser.page().getByText("continue as clara").click();
      browser.page().waitForURL("**/admin/overview");
      browser.context().clearCookies(onlyOfTheConsole());
      browser.go("/admin/tenants");
      assertThat(browser.page().url()).as("by the session there").endsWith("/admin/tenants");
      browser.page().click(OUT);
      browser.page().waitForURL("**/admin/signed-out");
      assertThat(browser.page().locator("[role=alert]").textContent())
          .isEqualTo("You are signed out.");
      assertThat(browser.axe()).isEmpty();
      browser.page().click("#go");
      browser.page().getByText("continue as clara").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static ClearCookiesOptions onlyOfTheConsole() {
    return new ClearCookiesOptions().setName("alga_console");
  }

  @Test
  void theSessionHereEndsFirstAndWithItsRecord() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    String token = clara.cookies().get("alga_console");
    long before = recorded();
    Page left = clara.send(clara.get("/admin/overview").form(OUT));
    assertThat(left.status()).isEqualTo(200);
    assertThat(sessions(token)).isZero();
    assertThat(recorded() - before).isOne();
    assertThat(PROVIDER.isSignedIn("clara")).as("until the browser goes there").isTrue();
    assertThat(left.html().select(OUT)).isEmpty();
    URI there = URI.create(left.html().expectFirst("#go").attr("href"));
    assertThat(left.header("Refresh")).contains("0; url=" + there);
    assertThat(clara.get(there.toString()).location())
        .isEqualTo(NODE.base().resolve("/admin/signed-out"));
    assertThat(PROVIDER.isSignedIn("clara")).isFalse();
    assertThat(clara.get("/admin/signed-out").status()).isEqualTo(200);
    assertThat(clara.get("/admin/overview").status()).isEqualTo(302);
  }

  @Test
  void theHintIsOfTheLastConfirmation() throws IOException {
    Console clara = ProviderStage.signedIn("clara");
    String token = clara.cookies().get("alga_console");
    String first = hint(token);
    ProviderStage.end(clara, PROVIDER.signIn(clara.get("/admin/oidc").location(), "clara"));
    assertThat(clara.cookies().get("alga_console")).as("the same session").isEqualTo(token);
    assertThat(hint(token)).isNotEqualTo(first);
  }

  /** Then many providers ask the person. The address has to stay short enough for their servers. */
  @Test
  void aVeryLongIdTokenIsNoHint() throws IOException {
    PROVIDER.add(ProviderStage.clara().with("long", "x".repeat(4000)));
    Console clara = ProviderStage.signedIn("clara");
    assertThat(hint(clara.cookies().get("alga_console"))).isNull();
    Page left = clara.send(clara.get("/admin/overview").form(OUT));
    URI there = URI.create(left.html().expectFirst("#go").attr("href"));
    assertThat(there.getQuery()).contains("client_id=").doesNotContain("id_token_hint");
    assertThat(clara.get(there.toString()).body()).contains("Do you want to sign out?");
  }

  @Test
  void whatAProviderDoesNotHaveIsNotVisited() throws IOException {
    ProviderStage.publish(
        metadata -> {
          metadata.setEndSessionEndpointURI(null);
          metadata.setUserInfoEndpointURI(null);
        });
    PROVIDER.add(Person.named("eve"));
    Console eve = new Console(NODE.base());
    URI back = ProviderStage.signedInAtProvider(eve, "/admin/overview", "eve");
    assertThat(ProviderStage.end(eve, back)).isEqualTo("/admin/sign-in?said=no_claim");
    Console clara = ProviderStage.signedIn("clara");
    Page left = clara.send(clara.get("/admin/overview").form(OUT));
    assertThat(left.location().toString()).endsWith("/admin/sign-in?said=signed_out");
    ProviderStage.publish(metadata -> {});
  }

  @Test
  void whoMayStillBeSignedInThereIsTold() {
    String end = ProviderStage.endOfSignOutAtAnotherIssuer();
    assertThat(end).endsWith("/admin/sign-in?said=signed_out_here");
    Page page = new Console(NODE.base()).get("/admin/sign-in?said=signed_out_here");
    assertThat(page.html().expectFirst("#problem").text()).contains("may still be signed in there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?there=https://elsewhere.example", "?alga.sign_out_at=x"})
  void thePageLeadsNowhereElse(String query) {
    Page page = new Console(NODE.base()).get("/admin/signed-out" + query);
    assertThat(page.header("Refresh")).isEmpty();
    assertThat(page.html().expectFirst("#go").attr("href")).isEqualTo("/admin/overview");
  }

  private static long recorded() {
    return Stage.sql()
        .one(
            Long.class,
            "SELECT count(*) FROM audit_log"
                + " WHERE event = 'operator_signed_out' AND operator_sub = 'sub-clara'");
  }

  private static long sessions(String token) {
    return Stage.sql()
        .one(
            Long.class,
            "SELECT count(*) FROM operator_sessions WHERE token_hash = sha256(?::bytea)",
            token);
  }

  private static String hint(String token) {
    return Stage.sql()
        .one(
            String.class,
            "SELECT id_token FROM operator_sessions WHERE token_hash = sha256(?::bytea)",
            token);
  }
}
