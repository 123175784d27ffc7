package com.nineminds.alga.operator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attacker guesses passwords at two nodes, which share only a database. */
class BruteForceIT {

  private static final int OF_A_NAME_AT_A_NETWORK = 10;
  private static final int OF_A_NAME = 100;
  private static final int OF_AN_ADDRESS = 30;

  private static Sql sql;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.longLived(Stage.settings(sql.database()));
    settings.put("TRUSTED_PROXY_HOPS", "1");
    List<Node> nodes = Node.startAll(settings, "guessed-1", "guessed-2");
    one = nodes.get(0);
    other = nodes.get(1);
  }

  @AfterAll
  static void stop() {
    Node.closeAll(List.of(one, other));
  }

  /** Restores all tries, as if enough time had passed. */
  @BeforeEach
  void refill() {
    sql.update("DELETE FROM rate_buckets");
  }

  @Test
  void aNameHasTenWrongTriesFromANetworkAtAllNodesTogether() {
    for (int i = 0; i < OF_A_NAME_AT_A_NETWORK; i++) {
      assertThat(guess(i % 2 == 0 ? one : other, "anna", "wrong-" + i).status()).isEqualTo(401);
    }
    for (Node node : List.of(one, other)) {
      Page page = guess(node, "anna", Stage.operatorPassword("anna"));
      assertThat(page.status()).isEqualTo(429);
      assertThat(page.html().expectFirst("#problem").text())
          .matches("There were too many wrong tries. Please wait [12] minutes, then try again.");
      assertThat(Integer.parseInt(page.header("Retry-After").orElseThrow())).isBetween(1, 91);
      assertThat(page.header("Set-Cookie")).isEmpty();
    }
    assertThat(guess(other, "boris", Stage.operatorPassword("boris")).status()).isEqualTo(303);
    refill();
    assertThat(guess(other, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(303);
  }

  @Test
  void wrongTriesFromElsewhereLockNobodyOut() {
    for (int i = 0; i < OF_A_NAME_AT_A_NETWORK + 2; i++) {
      guessFrom("198.51.100.7", "anna", "wrong-" + i);
    }
    String right = Stage.operatorPassword("anna");
    assertThat(guessFrom("198.51.100.7", "anna", right).status()).isEqualTo(429);
    assertThat(guessFrom("203.0.113.5", "anna", right).status()).isEqualTo(303);
  }

  @Test
  void aSiteOfIpv6IsOneNetworkToAName() {
    for (int i = 0; i < OF_A_NAME_AT_A_NETWORK; i++) {
      String address = "2001:db8:5:" + Integer.toHexString(i) + "::1";
      assertThat(guessFrom(address, "anna", "wrong-" + i).status()).isEqualTo(401);
    }
    String right = Stage.operatorPassword("anna");
    assertThat(guessFrom("2001:db8:5:ffff::1", "anna", right).status()).isEqualTo(429);
    assertThat(guessFrom("2001:db8:6::1", "anna", right).status()).isEqualTo(303);
    assertThat(sql.all(String.class, "SELECT id FROM rate_buckets"))
        .contains("sign-in from 2001:db8:5::/48");
  }

  @Test
  void aNameThatManyNetworksGuessIsOpenToABrowserOfItsOperatorOnly() {
    String right = Stage.operatorPassword("anna");
    Console known = new Console(one.base());
    assertThat(known.signIn("anna", right).status()).isEqualTo(303);
    int wrong = 0;
    while (wrong < 2 * OF_A_NAME
        && guessFrom("198.51.100." + wrong, "anna", "wrong").status() == 401) {
      wrong++;
    }
    assertThat(wrong).as("some tries return meanwhile").isBetween(OF_A_NAME, OF_A_NAME + 20);
    assertThat(known.signIn("anna", right).status()).isEqualTo(303);
    for (int i = 0; i < OF_A_NAME_AT_A_NETWORK; i++) {
      assertThat(known.signIn("anna", "wrong").status()).isEqualTo(401);
    }
    assertThat(known.signIn("anna", right).status()).isEqualTo(429);
    known.cookies().remove("alga_console_known");
    assertThat(known.signIn("boris", Stage.operatorPassword("boris")).status()).isEqualTo(303);
  }

  @Test
  void anAddressHasThirtyWhateverTheName() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(guess(i % 2 == 0 ? one : other, "name-" + i, "wrong").status()).isEqualTo(401);
    }
    for (Node node : List.of(one, other)) {
      assertThat(guess(node, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(429);
    }
  }

  @Test
  void manyTriesAtOnceHaveTheSameLimit() {
    List<Integer> answers =
        new ArrayList<>(
            AtOnce.times(60, i -> guess(i % 2 == 0 ? one : other, "anna", "wrong-" + i).status()));
    assertThat(answers).containsOnly(401, 429);
    // sign-ins that waited too long for their turn are repeated
    IntStream.range(0, OF_A_NAME_AT_A_NETWORK + 1)
        .forEach(i -> answers.add(guess(one, "anna", "wrong-" + i).status()));
    assertThat(answers.stream().filter(status -> status == 401)).hasSize(OF_A_NAME_AT_A_NETWORK);
    assertThat(guess(one, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(429);
  }

  @Test
  void theRightPasswordCostsNoTry() {
    for (int i = 0; i < OF_AN_ADDRESS + 5; i++) {
      assertThat(guess(one, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(303);
    }
    assertThat(sql.one(Long.class, "SELECT count(*) FROM rate_buckets")).isLessThan(4);
  }

  @Test
  void aNameThatNobodyHasIsAnsweredAsAWrongPasswordIs() {
    assertThat(shown(guess(one, "anna", "wrong"))).isEqualTo(shown(guess(one, "nobody", "wrong")));
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      refill();
      known.add(nanos("anna"));
      unknown.add(nanos("nobody"));
    }
    double ratio = (double) median(known) / median(unknown);
    assertThat(ratio).as("%s %s", known, unknown).isBetween(0.7, 1.4);
  }

  @Test
  void recordOfAWrongTryHasOnlyTheNameOfAnOperator() {
    guess(one, "anna", "hunter2-anna");
    guess(one, "hunter2-instead-of-a-name", "x");
    assertThat(
            sql.all(
                String.class,
                "SELECT coalesce(subject, '-') || ' ' || actor || ' ' || coalesce(operator, '-')"
                    + " FROM audit_log WHERE event = 'sign_in_failed' ORDER BY id DESC LIMIT 2"))
        .containsExactly("- anonymous -", "anna anonymous -");
    assertThat(one.console()).doesNotContain("hunter2");
  }

  private static Page guessFrom(String address, String name, String password) {
    return new Console(one.base()).at(address).signIn(name, password);
  }

  private static Page guess(Node node, String name, String password) {
    return new Console(node.base()).signIn(name, password);
  }

  private static long nanos(String name) {
    long start = System.nanoTime();
    guess(one, name, "wrong");
    return System.nanoTime() - start;
  }

  private static long median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  /** Everything visible of the page, except for the typed name. */
  private static String shown(Page page) {
    return page.status() + page.body().replaceAll("value=\"(anna|nobody)\"", "");
  }
}
