package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.HashPassword;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session of an operator begins, continues and ends. */
class SessionIT {

  private static final URI BASE = Stage.node().base();
  private static final String COOKIE = "alga_console";
  private static final String KNOWN = "alga_console_known";
  private static final String OVER_TLS = "__Host-alga_console";
  private static final String PAGE = "/admin/overview";
  private static final String PASSWORD = Stage.random(12);

  /** A node on the same database, with TLS, another password for anna, and without boris. */
  private static Node changed;

  @BeforeAll
  static void startChanged() {
    Map<String, String> settings = Stage.settings(Stage.sql().database());
    settings.remove("CONSOLE_OPERATORS_FILE");
    settings.put("CONSOLE_OPERATORS", HashPassword.line("anna", PASSWORD.toCharArray(), 210_000));
    settings.put("CONSOLE_BASE_URL", "https://console.example.test");
    changed = Node.start("changed", Stage.longLived(settings));
  }

  @AfterAll
  static void stop() {
    changed.close();
  }

  @Test
  void itsCookieIsOutOfReach() {
    Page page = new Console(BASE).signIn("anna", Stage.operatorPassword("anna"));
    List<String> set = page.response().headers().allValues("Set-Cookie");
    assertThat(set)
        .filteredOn(text -> text.startsWith(COOKIE + "="))
        .singleElement()
        .asString()
        .matches(COOKIE + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(set)
        .filteredOn(text -> !text.startsWith(COOKIE + "="))
        .singleElement()
        .asString()
        .matches(KNOWN + "=[A-Za-z0-9_.-]+; Expires=[^;]*; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void overTlsNoOtherHostCanSetIt() {
    Console console = new Console(changed.base());
    assertThat(console.get(PAGE).location())
        .isEqualTo(
            URI.create("https://console.example.test/admin/sign-in?next=%2Fadmin%2Foverview"));
    Form form = console.get(Console.SIGN_IN).form("#go").with("name", "anna", "password", PASSWORD);
    assertThat(console.send(form).status()).isEqualTo(403);
    Page page = console.send(form, Map.of("Origin", "https://console.example.test"));
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.response().headers().allValues("Set-Cookie"))
        .hasSize(2)
        .anyMatch(
            text ->
                text.matches(
                    OVER_TLS + "=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax"))
        .anyMatch(text -> text.matches("__Host-" + KNOWN + "=.*; Secure; HttpOnly; SameSite=Lax"));
    assertThat(console.get(PAGE).status()).isEqualTo(200);
    for (String path : List.of(PAGE, Console.SIGN_IN, "/admin/nix")) {
      assertThat(console.get(path).header("Strict-Transport-Security"))
          .contains("max-age=31536000");
    }
    assertThat(with(changed, COOKIE, console.cookies().get(OVER_TLS)).get(PAGE).status())
        .isEqualTo(302);
  }

  @Test
  void noOtherCookieIsEverSet() {
    Console anna = Console.signedIn(BASE, "anna");
    Console nobody = new Console(BASE);
    for (Console console : List.of(anna, nobody)) {
      for (String path :
          List.of(
              PAGE,
              Console.SIGN_IN,
              "/admin/tenants",
              "/admin/tenants.csv",
              "/admin/tenant?id=x",
              "/admin/appliances",
              "/admin/activity",
              "/admin/oidc",
              "/admin/callback?state=x&code=x",
              "/admin/nix",
              "/ibm_security_logout",
              "/tenants")) {
        console.get(path);
        console.send("POST", BASE.resolve(path), "x=y", Map.of());
      }
      console.get(console.get(Console.SIGN_IN).html().expectFirst("script[src]").attr("src"));
    }
    nobody.signIn("nobody-" + Stage.random(6), "x");
    assertThat(anna.cookies().keySet()).isEqualTo(Set.of(COOKIE, KNOWN));
    assertThat(nobody.cookies()).isEmpty();
    assertThat(anna.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void aPlantedTokenIsNeverAdopted() {
    String planted = "A".repeat(43);
    Console victim = with(Stage.node(), COOKIE, planted);
    assertThat(victim.get(PAGE).status()).isEqualTo(302);
    victim.signIn("anna", Stage.operatorPassword("anna"));
    assertThat(victim.cookies().get(COOKIE)).isNotEqualTo(planted);
    assertThat(victim.get(PAGE).status()).isEqualTo(200);
    assertThat(with(Stage.node(), COOKIE, planted).get(PAGE).status()).isEqualTo(302);
  }

  @Test
  void signingInAgainEndsTheFormerSession() {
    Console anna = Console.signedIn(BASE, "anna");
    String former = anna.cookies().get(COOKIE);
    assertThat(anna.signIn("boris", Stage.operatorPassword("boris")).status()).isEqualTo(303);
    assertThat(anna.get(PAGE).html().select(".who").text()).isEqualTo("boris");
    assertThat(with(Stage.node(), COOKIE, former).get(PAGE).status()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({
    "seen_at, 29 minutes, 200",
    "seen_at, 30 minutes, 302",
    "created_at, 11 hours 59 minutes, 200",
    "created_at, 12 hours, 302"
  })
  void endsByItself(String since, String age, int status) {
    Console anna = Console.signedIn(BASE, "anna");
    String token = anna.cookies().get(COOKIE);
    age(token, since, age);
    Page page = anna.get(PAGE);
    assertThat(page.status()).isEqualTo(status);
    if (status == 302) {
      assertThat(page.location().toString())
          .isEqualTo(BASE + "/admin/sign-in?next=%2Fadmin%2Foverview");
      assertThat(anna.send("POST", BASE.resolve(PAGE), "", Map.of()).location().toString())
          .isEqualTo(BASE + "/admin/sign-in?said=lost");
    }
  }

  @Test
  void isKeptByRequests() {
    Console anna = Console.signedIn(BASE, "anna");
    for (int i = 0; i < 3; i++) {
      age(anna.cookies().get(COOKIE), "seen_at", "29 minutes");
      assertThat(anna.get(PAGE).status()).isEqualTo(200);
    }
  }

  @Test
  void aNewSessionDeletesEndedSessions() {
    String token = Console.signedIn(BASE, "anna").cookies().get(COOKIE);
    age(token, "seen_at", "31 minutes");
    Console.signedIn(BASE, "boris");
    assertThat(rows(token)).isZero();
  }

  @Test
  void signingOutEndsItOnEveryNode() {
    Console anna = Console.signedIn(BASE, "anna");
    String token = anna.cookies().get(COOKIE);
    Console elsewhere = with(Stage.variedNode(), COOKIE, token);
    assertThat(elsewhere.get(PAGE).status()).isEqualTo(200);
    Page out = anna.send(anna.get(PAGE).form("[action='/admin/sign-out'] button"));
    assertThat(out.location().toString()).isEqualTo(BASE + "/admin/sign-in?said=signed_out");
    assertThat(anna.follow(out).body()).contains("You are signed out.");
    assertThat(anna.cookies()).containsOnlyKeys(KNOWN);
    assertThat(elsewhere.get(PAGE).status()).isEqualTo(302);
    assertThat(with(Stage.node(), COOKIE, token).get(PAGE).status()).isEqualTo(302);
    assertThat(rows(token)).isZero();
  }

  @Test
  void endsWithThePasswordOrTheOperator() {
    for (String operator : List.of("anna", "boris")) {
      String token = Console.signedIn(BASE, operator).cookies().get(COOKIE);
      assertThat(with(Stage.variedNode(), COOKIE, token).get(PAGE).status()).isEqualTo(200);
      assertThat(with(changed, OVER_TLS, token).get(PAGE).status()).isEqualTo(302);
    }
  }

  @Test
  void aPartOfAPageSendsTheWholeOfItToSignIn() {
    Page page =
        new Console(BASE)
            .send("GET", BASE.resolve("/admin/tenants"), null, Map.of("HX-Request", "true"));
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("HX-Redirect")).contains("/admin/sign-in?next=%2Fadmin%2Ftenants");
  }

  @Test
  void aSessionAndItsRecordAreOne() {
    Console anna = Console.signedIn(BASE, "anna");
    String token = anna.cookies().get(COOKIE);
    Form out = anna.get(PAGE).form("[action='/admin/sign-out'] button");
    long sessions = allRows();
    Stage.sql()
        .update(
            "CREATE FUNCTION unrecorded() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'planted'; END $$");
    Stage.sql()
        .update(
            "CREATE TRIGGER unrecorded BEFORE INSERT ON audit_log FOR EACH ROW WHEN (NEW.event IN"
                + " ('operator_signed_in', 'operator_signed_out')) EXECUTE FUNCTION unrecorded()");
    try {
      Page notIn = new Console(BASE).signIn("anna", Stage.operatorPassword("anna"));
      assertThat(notIn.status()).isEqualTo(500);
      assertThat(notIn.header("Set-Cookie")).isEmpty();
      assertThat(allRows()).isEqualTo(sessions);
      Page notOut = anna.send(out);
      assertThat(notOut.status()).isEqualTo(500);
      assertThat(notOut.header("Set-Cookie")).isEmpty();
      assertThat(rows(token)).isOne();
      assertThat(anna.get(PAGE).status()).isEqualTo(200);
    } finally {
      Stage.sql().update("DROP FUNCTION unrecorded() CASCADE");
    }
    assertThat(anna.send(out).status()).isEqualTo(303);
    assertThat(rows(token)).isZero();
  }

  private static long allRows() {
    return Stage.sql().one(Long.class, "SELECT count(*) FROM operator_sessions");
  }

  private static Console with(Node node, String cookie, String value) {
    Console console = new Console(node.base());
    console.cookies().put(cookie, value);
    return console;
  }

  private static void age(String token, String since, String age) {
    assertThat(
            Stage.sql()
                .update(
                    "UPDATE operator_sessions SET "
                        + since
                        + " = now() - CAST(? AS interval) WHERE token_hash = ?",
                    age,
                    hash(token)))
        .isOne();
  }

  private static long rows(String token) {
    return Stage.sql()
        .one(
            Long.class,
            "SELECT count(*) FROM operator_sessions WHERE token_hash = ?",
            (Object) hash(token));
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
