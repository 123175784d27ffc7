package com.nineminds.alga.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BegunSignInTest {

  private static final String RANDOM = "A".repeat(43);

  @Test
  void isReadAsItWasWritten() {
    BegunSignIn begun = BegunSignIn.fresh("/admin/tenant?id=x&do=suspend");
    assertThat(BegunSignIn.parse(begun.text())).contains(begun);
    assertThat(begun.text()).matches("[A-Za-z0-9_.-]+");
  }

  @Test
  void isShownWithoutItsSecrets() {
    BegunSignIn begun = BegunSignIn.fresh("/admin/tenants");
    assertThat(begun.toString())
        .contains("/admin/tenants")
        .doesNotContain(begun.state(), begun.nonce(), begun.verifier());
  }

  @Test
  void nothingInItRepeats() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      BegunSignIn begun = BegunSignIn.fresh("/admin/overview");
      for (String part : new String[] {begun.state(), begun.nonce(), begun.verifier()}) {
        assertThat(part).hasSizeGreaterThanOrEqualTo(43);
        assertThat(seen.add(part)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "...",
        "R.R.R",
        "R.R.R.",
        "R.R.R.L2FkbWlu.more",
        "short.R.R.L2FkbWlu",
        "R.R.R.%2F",
        "R.R.R.L",
        " R.R.R.L2FkbWlu",
        "R.R.R.L2FkbWlu\n",
        "R R.R.R.L2FkbWlu"
      })
  void anythingElseIsNone(String text) {
    assertThat(BegunSignIn.parse(text.replace("R", RANDOM))).isEmpty();
  }

  /** An attacker who plants a cookie still cannot lead an operator to another site. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/admin/x\r\nSet-Cookie: a=b",
        "/admin/\u0000",
        ""
      })
  void leadsToAPageOfOursWhateverItSays(String next) {
    String kept =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((next + " ").getBytes(StandardCharsets.UTF_8));
    assertThat(BegunSignIn.parse(String.join(".", RANDOM, RANDOM, RANDOM, kept)))
        .hasValueSatisfying(begun -> assertThat(begun.next()).isEqualTo(NextPage.FIRST));
  }
}
