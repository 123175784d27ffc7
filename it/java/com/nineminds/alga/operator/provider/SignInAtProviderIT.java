package com.nineminds.alga.operator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator signs in at an OpenID provider. Each wrong answer of the provider is refused. */
class SignInAtProviderIT {

  private static final TestProvider PROVIDER = ProviderStage.provider();
  private static final Node NODE = ProviderStage.node();

  @BeforeEach
  @AfterEach
  void behave() {
    ProviderStage.behave();
  }

  @Test
  @NeedsBrowser
  void aPersonSignsInAndIsWhereTheyWantedToBe() {
    try (Browser browser = Browser.open(NODE.base(), Device.desktop()).allow(PROVIDER.issuer())) {
      browser.go("/admin/tenants");
      browser.page().getByText("continue as clara").click();
      browser.page().waitForURL("**/admin/tenants");
      assertThat(browser.page().locator(".who").textContent()).isEqualTo("clara");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aNewKeyOfTheProviderIsFetched() throws IOException {
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
    PROVIDER.rotateKey();
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @Test
  void aPersonOutsideTheGroupIsNotAllowed() throws IOException {
    assertThat(signedIn("dora")).isEqualTo("/admin/sign-in?said=not_allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG_NONCE,provider",
    "NO_NONCE,provider",
    "WRONG_ISSUER,provider",
    "WRONG_AUDIENCE,provider",
    "EXPIRED,provider",
    "UNSIGNED,provider",
    "FOREIGN_KEY,provider",
    "HMAC_BY_PUBLIC_KEY,provider",
    "CHANGED_AFTER_SIGNING,provider",
    "NO_ID_TOKEN,provider",
    "WRONG_STATE,lost",
    "WRONG_ISS_PARAMETER,provider",
    "ACCESS_DENIED,provider",
    "TOKEN_ENDPOINT_500,provider",
    "TOKEN_ENDPOINT_GARBAGE,provider",
    "TOKEN_ENDPOINT_WORDY,provider"
  })
  void aWrongAnswerIsNoSignIn(Fault fault, String said) throws IOException {
    PROVIDER.misbehave(fault);
    assertThat(signedIn("clara")).isEqualTo("/admin/sign-in?said=" + said);
    PROVIDER.misbehave();
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOCK_AHEAD", "CLOCK_BEHIND"})
  void clocksMayBeFiveMinutesOff(Fault clock) throws IOException {
    PROVIDER.misbehave(clock);
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @Test
  void ofTwoTabsTheLastSignsIn() throws IOException {
    Console console = new Console(NODE.base());
    URI first = console.get("/admin/oidc?next=/admin/tenants").location();
    URI last = console.get("/admin/oidc?next=/admin/activity").location();
    assertThat(ProviderStage.end(console, PROVIDER.signIn(first, "clara"))).endsWith("said=lost");
    assertThat(ProviderStage.end(console, PROVIDER.signIn(last, "clara")))
        .isEqualTo("/admin/activity");
  }

  @Test
  void anAnswerSignsInOnceAndOnlyTheBrowserThatAsked() throws IOException {
    Console console = new Console(NODE.base());
    Console other = new Console(NODE.base());
    URI back = PROVIDER.signIn(console.get("/admin/oidc").location(), "clara");
    assertThat(ProviderStage.end(new Console(NODE.base()), back)).endsWith("said=lost");
    String ownState = back.toString().replaceFirst("state=[^&]*", state(other));
    assertThat(ProviderStage.end(other, URI.create(ownState))).endsWith("said=provider");
    assertThat(other.get("/admin/overview").status()).isEqualTo(302);
    URI again = PROVIDER.signIn(console.get("/admin/oidc").location(), "clara");
    assertThat(ProviderStage.end(console, again)).isEqualTo("/admin/overview");
    assertThat(ProviderStage.end(console, again)).endsWith("said=lost");
  }

  @Test
  void aSessionOfAPasswordIsNoneHere() {
    Console console = new Console(NODE.base());
    console.cookies().putAll(Console.signedIn(Stage.node().base(), "anna").cookies());
    assertThat(console.get("/admin/overview").status()).isEqualTo(302);
  }

  @Test
  void aNameThatTheServerCannotTakeIsCleaned() throws IOException {
    PROVIDER.add(
        new Person("sub-eve", Map.of())
            .with("preferred_username", "eve\u0085\u009b31m\u2028\u202e<b>")
            .in("alga-operators"));
    Console console = new Console(NODE.base());
    URI back =
        PROVIDER.signIn(console.get("/admin/oidc").location(), "eve\u0085\u009b31m\u2028\u202e<b>");
    assertThat(ProviderStage.end(console, back)).isEqualTo("/admin/overview");
    assertThat(console.get("/admin/overview").html().expectFirst(".who").text())
        .isEqualTo("eve31m<b>");
  }

  private static String state(Console console) {
    return console.get("/admin/oidc").location().getQuery().replaceFirst(".*(state=[^&]*).*", "$1");
  }

  /** Returns the address at which a sign-in ends. */
  private static String signedIn(String username) throws IOException {
    Console console = new Console(NODE.base());
    Page toProvider = console.get(console.get("/admin/overview").location().toString());
    URI back = PROVIDER.signIn(toProvider.location(), username);
    String end = console.get(back.toString()).location().toString();
    boolean in = console.get("/admin/overview").status() == 200;
    assertThat(in).as(end).isEqualTo(!end.contains("said="));
    return end.replace(NODE.base().toString(), "");
  }
}
