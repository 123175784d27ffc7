package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of the console has headers that restrict the browser. */
class HeadersIT {

  private static final URI BASE = Stage.node().base();
  private static final Console NOBODY = new Console(BASE);

  private static Console anna;

  @BeforeAll
  static void signIn() {
    anna = Console.signedIn(BASE, "anna");
  }

  @ParameterizedTest
  @CsvSource({
    "/admin, 303",
    "/admin/, 303",
    "/admin/overview, 200",
    "/admin/tenants, 200",
    "/admin/tenants.csv, 200",
    "/admin/tenants.csv?edition=none, 400",
    "/admin/tenant?id=x, 404",
    "/admin/appliances, 200",
    "/admin/activity, 200",
    "/admin/sign-in, 200",
    "/admin/sign-out, 405",
    "/admin/oidc, 303",
    "/admin/callback, 303",
    "/admin/signed-out, 200",
    "/admin/nix, 404",
    "/admin/overview.xhtml, 404",
    "/admin/overview?jakarta.faces.ViewState=x, 403"
  })
  void signedIn(String path, int status) {
    assertGuarded(anna.get(path), status);
  }

  @ParameterizedTest
  @CsvSource({
    "/admin, 302",
    "/admin/overview, 302",
    "/admin/tenants.csv, 302",
    "/admin/nix, 302",
    "/admin/sign-in, 200",
    "/admin/signed-out, 200",
    "/admin/sign-in?jakarta.faces.ViewState=x, 403"
  })
  void signedOut(String path, int status) {
    assertGuarded(NOBODY.get(path), status);
  }

  @Test
  void answersToForms() {
    assertGuarded(anna.send("POST", BASE.resolve("/admin/overview"), "", Map.of()), 403);
    assertGuarded(NOBODY.send("POST", BASE.resolve("/admin/overview"), "", Map.of()), 302);
    assertGuarded(NOBODY.signIn("nobody-" + Stage.random(6), "x"), 401);
    assertGuarded(
        Console.signedIn(BASE, "anna")
            .send(anna.get("/admin/overview").form("[action='/admin/sign-out'] button")),
        403);
    Console boris = new Console(BASE);
    assertGuarded(boris.signIn("boris", Stage.operatorPassword("boris")), 303);
    assertGuarded(
        boris.send(boris.get("/admin/overview").form("[action='/admin/sign-out'] button")), 303);
    assertGuarded(
        NOBODY.send("GET", BASE.resolve("/admin/overview"), null, Map.of("HX-Request", "true")),
        401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"link[rel=icon]", "link[rel=stylesheet]", "script"})
  void resources(String element) {
    Page page = NOBODY.get(Console.SIGN_IN);
    for (var found : page.html().select(element)) {
      String path = found.hasAttr("src") ? found.attr("src") : found.attr("href");
      assertThat(path).startsWith("/jakarta.faces.resource/");
      Page resource = NOBODY.get(path);
      assertThat(resource.status()).as(path).isEqualTo(200);
      assertHeaders(resource);
      assertThat(resource.header("Cache-Control").orElse("")).doesNotContain("no-store");
      assertThat(resource.header("Content-Type").orElseThrow())
          .matches("(text/css|(text|application)/(x-)?javascript|image/svg\\+xml).*");
    }
  }

  @Test
  void anExportIsAFileAndNoPage() {
    Page csv = anna.get("/admin/tenants.csv");
    assertThat(csv.header("Content-Type")).contains("text/csv; charset=UTF-8");
    assertThat(csv.header("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"tenants-[0-9-]{10}\\.csv\"");
  }

  @Test
  void theRequestsIdCannotSmuggleAnythingIn() {
    for (String id : new String[] {"a b", "<b>", "x".repeat(129), "a\"b", "%0d%0aX: y"}) {
      Page page = anna.send("GET", BASE.resolve("/admin/nix"), null, Map.of("X-Request-Id", id));
      assertThat(page.header("X-Request-Id").orElseThrow()).matches("[0-9a-f-]{36}");
      assertThat(page.body()).doesNotContain(id);
    }
  }

  private static void assertGuarded(Page page, int status) {
    assertThat(page.status()).as(page.toString()).isEqualTo(status);
    assertHeaders(page);
    assertThat(page.header("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(page.header("Strict-Transport-Security")).isEmpty();
    assertThat(page.body()).doesNotContain("Exception", "SRVE", "\tat ");
  }

  private static void assertHeaders(Page page) {
    String policy = page.header("Content-Security-Policy").orElse("");
    assertThat(policy.split("; "))
        .as(page.response().toString())
        .containsExactlyInAnyOrder(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.header("X-Frame-Options")).contains("DENY");
    assertThat(page.header("Referrer-Policy")).contains("same-origin");
    assertThat(page.header("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(page.header("Permissions-Policy")).isPresent();
    assertThat(page.header("Server")).isEmpty();
    assertThat(page.header("X-Powered-By")).isEmpty();
  }
}
