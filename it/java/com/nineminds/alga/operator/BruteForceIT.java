package com.nineminds.alga.operator;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing passwords, at two nodes that share nothing but a database. */
class BruteForceIT {

  private static final int OF_A_NAME = 10;
  private static final int OF_AN_ADDRESS = 30;

  private static Sql sql;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    sql = new Sql(Stage.freshDatabase());
    one = Node.start("guessed-1", Stage.longLived(Stage.settings(sql.database())));
    other = Node.start("guessed-2", Stage.longLived(Stage.settings(sql.database())));
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  /** As if enough time had passed. */
  @BeforeEach
  void refill() {
    sql.update("DELETE FROM rate_buckets");
  }

  @Test
  void aNameHasTenWrongTriesAtAllNodesTogether() {
    for (int i = 0; i < OF_A_NAME; i++) {
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
  void anAddressHasThirtyWhateverTheName() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(guess(i % 2 == 0 ? one : other, "name-" + i, "wrong").status()).isEqualTo(401);
    }
    for (Node node : List.of(one, other)) {
      assertThat(guess(node, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(429);
    }
  }

  @Test
  void manyAtOnceAreNoMore() {
    List<Integer> answers =
        AtOnce.times(60, i -> guess(i % 2 == 0 ? one : other, "anna", "wrong-" + i).status());
    assertThat(answers).containsOnly(401, 429);
    assertThat(answers.stream().filter(status -> status == 401)).hasSize(OF_A_NAME);
    assertThat(guess(one, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(429);
  }

  @Test
  void theRightPasswordCostsNoTry() {
    for (int i = 0; i < OF_AN_ADDRESS + 5; i++) {
      assertThat(guess(one, "anna", Stage.operatorPassword("anna")).status()).isEqualTo(303);
    }
    assertThat(sql.one(Long.class, "SELECT count(*) FROM rate_buckets")).isLessThan(3);
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
  void whatIsRecordedIsWhoseNameItWasAndNothingElseThatWasTyped() {
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

  /** All that can be seen of it, but for the name that was typed. */
  private static String shown(Page page) {
    return page.status() + page.body().replaceAll("value=\"(anna|nobody)\"", "");
  }
}
