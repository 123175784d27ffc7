package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without configured operators has no console. */
class ConsoleOffIT {

  private static Node node;
  private static String token;

  @BeforeAll
  static void start() {
    token = Console.signedIn(Stage.node().base(), "anna").cookies().get("alga_console");
    Map<String, String> settings = Stage.settings(Stage.sql().database());
    settings.remove("CONSOLE_OPERATORS_FILE");
    node = Node.start("no-console", settings);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/",
        "/admin/overview",
        "/admin/sign-in",
        "/admin/sign-out",
        "/admin/signed-out",
        "/admin/oidc",
        "/admin/callback?state=x&code=x",
        "/admin/tenants.csv",
        "/admin/tenant?id=x",
        "/admin/failed",
        "/admin/nix",
        "/jakarta.faces.resource/admin/overview.xhtml",
        "/jakarta.faces.resource/jakarta.faces.resource/console.css?ln=console"
      })
  void thereIsNothingThere(String path) {
    Console console = new Console(node.base());
    console.cookies().put("alga_console", token);
    for (String method : new String[] {"GET", "POST", "PUT"}) {
      Page page =
          console.send(
              method,
              node.base().resolve(path),
              method.equals("GET") ? null : "name=anna&jakarta.faces.ViewState=stateless",
              Map.of());
      assertThat(page.status()).as(method + " " + page).isEqualTo(404);
      assertThat(page.header("Set-Cookie")).isEmpty();
      assertThat(page.body()).doesNotContain("Exception", "<form");
    }
    assertThat(new Api(node.base()).get("/tenants").status()).isEqualTo(200);
  }
}
