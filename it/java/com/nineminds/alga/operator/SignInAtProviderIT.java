package com.nineminds.alga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing in at an OpenID provider, and every way in which one can be wrong. */
class SignInAtProviderIT {

  private static TestProvider provider;
  private static Node node;

  @BeforeAll
  static void start() throws IOException {
    provider =
        TestProvider.start(
            Person.named("clara").in("staff", "alga-operators"), Person.named("dora").in("staff"));
    Map<String, String> settings = Stage.settings(Stage.sql().database());
    settings.remove("CONSOLE_OPERATORS_FILE");
    settings.put(
        "CONSOLE_OIDC_DISCOVERY_URL", provider.issuer() + "/.well-known/openid-configuration");
    settings.put("CONSOLE_OIDC_CLIENT_ID", TestProvider.CLIENT_ID);
    settings.put("CONSOLE_OIDC_CLIENT_SECRET", provider.clientSecret());
    settings.put("CONSOLE_OIDC_GROUP", "alga-operators");
    node = Node.start("provider", settings);
    provider.redirectTo(node.base().resolve("/admin/callback"));
  }

  @AfterAll
  static void stop() {
    node.close();
    provider.close();
  }

  @AfterEach
  void behave() {
    provider.misbehave();
    provider.slow(Duration.ZERO);
  }

  @Test
  @NeedsBrowser
  void aPersonSignsInAndIsWhereTheyWantedToBe() {
    try (Browser browser = Browser.open(node.base(), Device.desktop()).allow(provider.issuer())) {
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
    provider.rotateKey();
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @Test
  void whoeverIsNotInTheGroupMayNot() throws IOException {
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
    provider.misbehave(fault);
    assertThat(signedIn("clara")).isEqualTo("/admin/sign-in?said=" + said);
    provider.misbehave();
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOCK_AHEAD", "CLOCK_BEHIND"})
  void clocksMayBeFiveMinutesOff(Fault clock) throws IOException {
    provider.misbehave(clock);
    assertThat(signedIn("clara")).isEqualTo("/admin/overview");
  }

  @Test
  void ofTwoTabsTheLastSignsIn() throws IOException {
    Console console = new Console(node.base());
    URI first = console.get("/admin/oidc?next=/admin/tenants").location();
    URI last = console.get("/admin/oidc?next=/admin/activity").location();
    assertThat(end(console, provider.signIn(first, "clara"))).endsWith("said=lost");
    assertThat(end(console, provider.signIn(last, "clara"))).isEqualTo("/admin/activity");
  }

  @Test
  void anAnswerSignsInOnceAndOnlyTheBrowserThatAsked() throws IOException {
    Console console = new Console(node.base());
    Console other = new Console(node.base());
    URI back = provider.signIn(console.get("/admin/oidc").location(), "clara");
    assertThat(end(new Console(node.base()), back)).endsWith("said=lost");
    String ownState = back.toString().replaceFirst("state=[^&]*", state(other));
    assertThat(end(other, URI.create(ownState))).endsWith("said=provider");
    assertThat(other.get("/admin/overview").status()).isEqualTo(302);
    URI again = provider.signIn(console.get("/admin/oidc").location(), "clara");
    assertThat(end(console, again)).isEqualTo("/admin/overview");
    assertThat(end(console, again)).endsWith("said=lost");
  }

  @Test
  void aSessionOfAPasswordIsNoneHere() {
    Console console = new Console(node.base());
    console.cookies().putAll(Console.signedIn(Stage.node().base(), "anna").cookies());
    assertThat(console.get("/admin/overview").status()).isEqualTo(302);
  }

  @Test
  void aNameThatTheServerCannotTakeIsCleaned() throws IOException {
    provider.add(
        new Person("sub-eve", Map.of())
            .with("preferred_username", "eve\u0085\u009b31m\u2028\u202e<b>")
            .in("alga-operators"));
    Console console = new Console(node.base());
    URI back =
        provider.signIn(console.get("/admin/oidc").location(), "eve\u0085\u009b31m\u2028\u202e<b>");
    assertThat(end(console, back)).isEqualTo("/admin/overview");
    assertThat(console.get("/admin/overview").html().expectFirst(".who").text())
        .isEqualTo("eve31m<b>");
  }

  /** The cookies are made up: nobody has to begin anything to have the node ask its provider. */
  @Test
  void aSlowProviderKeepsNobodyElseWaiting() {
    provider.slow(Duration.ofSeconds(3));
    String part = "A".repeat(43);
    String answer = "/admin/callback?code=x&iss=%s&state=%s".formatted(provider.issuer(), part);
    long before = asked();
    AtOnce.times(
        150,
        i -> {
          Console console = new Console(node.base());
          console
              .cookies()
              .put("alga_console_begun", String.join(".", part, part, part, "L2FkbWluLw"));
          return end(console, URI.create(answer));
        });
    assertThat(asked() - before).isBetween(1L, 75L);
  }

  private static long asked() {
    return provider.requests().stream().filter("POST /token"::equals).count();
  }

  private static String state(Console console) {
    return console.get("/admin/oidc").location().getQuery().replaceFirst(".*(state=[^&]*).*", "$1");
  }

  private static String end(Console console, URI back) {
    return console.get(back.toString()).location().toString().replace(node.base().toString(), "");
  }

  /** Where a sign-in ends. */
  private static String signedIn(String username) throws IOException {
    Console console = new Console(node.base());
    Page toProvider = console.get(console.get("/admin/overview").location().toString());
    URI back = provider.signIn(toProvider.location(), username);
    String end = console.get(back.toString()).location().toString();
    boolean in = console.get("/admin/overview").status() == 200;
    assertThat(in).as(end).isEqualTo(!end.contains("said="));
    return end.replace(node.base().toString(), "");
  }
}
