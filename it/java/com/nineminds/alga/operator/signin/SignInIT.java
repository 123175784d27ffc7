package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator signs in with a password. */
class SignInIT {

  private static final URI BASE = Stage.node().base();

  @Test
  void theRightPasswordLeadsOn() {
    Console console = new Console(BASE);
    Page lost = console.get("/admin/overview");
    assertThat(lost.location().getPath()).isEqualTo(Console.SIGN_IN);
    Page page = console.signIn("anna", Stage.operatorPassword("anna"));
    assertThat(page.status()).as(page.toString()).isEqualTo(303);
    assertThat(console.follow(page).status()).isEqualTo(200);
    assertThat(console.follow(page).body()).contains("anna");
  }

  @Test
  void aWrongPasswordOrNameSignsNobodyIn() {
    for (String[] wrong :
        new String[][] {
          {"anna", Stage.operatorPassword("boris")}, {"nobody", Stage.operatorPassword("anna")}
        }) {
      Console console = new Console(BASE);
      assertThat(console.signIn(wrong[0], wrong[1]).status()).isEqualTo(401);
      assertThat(console.get("/admin/overview").location().getPath()).isEqualTo(Console.SIGN_IN);
    }
  }

  @Test
  void aFormOfAnotherSiteSignsNobodyIn() {
    Console console = new Console(BASE);
    Form form =
        console
            .get(Console.SIGN_IN)
            .form("#go")
            .with("name", "anna", "password", Stage.operatorPassword("anna"));
    assertThat(console.send(form, Map.of("Origin", "https://elsewhere.example")).status())
        .isEqualTo(403);
    assertThat(console.send(form).status()).isEqualTo(303);
  }
}
