package com.nineminds.alga.guessing;

import static com.nineminds.alga.guessing.GuessingNode.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that repeats one wrong value does not guess. Its requests must cost little. */
class RepeatsIT {

  private static final String LIMITED = "429 rate_limited";
  private static final int REPEATS = 1_000;

  private final Api api = GuessingNode.API;
  private final Sql sql = GuessingNode.SQL;

  /** Counts the same as {@code n_tup_upd}, which PostgreSQL itself shows only seconds later. */
  @BeforeAll
  static void countUpdates() {
    GuessingNode.SQL.update("CREATE SEQUENCE bucket_updates");
    GuessingNode.SQL.update(
        """
        CREATE FUNCTION count_bucket_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          PERFORM nextval('bucket_updates');
          RETURN NULL;
        END $$
        """);
    GuessingNode.SQL.update(
        """
        CREATE TRIGGER count_update AFTER UPDATE ON rate_buckets
        FOR EACH ROW EXECUTE FUNCTION count_bucket_update()
        """);
  }

  private long updates() {
    return sql.one(Long.class, "SELECT nextval('bucket_updates')");
  }

  private List<Answer> repeatsWithFewUpdates(Supplier<Answer> attempt) {
    long before = updates();
    List<Answer> answers = Stream.generate(attempt).limit(REPEATS).toList();
    assertThat(updates() - before).isLessThan(20);
    return answers;
  }

  private static void assertFewAreLookedUpAndTheRestIsToldToWaitShortly(
      List<Answer> answers, String lookedUp) {
    assertThat(answers.get(0).outcome()).isEqualTo(lookedUp);
    assertThat(answers).extracting(Answer::outcome).containsOnly(lookedUp, LIMITED);
    // sixty at once, and then one every second
    assertThat(answers.stream().filter(answer -> answer.outcome().equals(lookedUp)).count())
        .isBetween(60L, 120L);
    assertThat(answers)
        .filteredOn(answer -> answer.outcome().equals(LIMITED))
        .allMatch(answer -> Long.parseLong(answer.header("Retry-After").orElseThrow()) <= 2);
  }

  @Test
  void repeatedWrongCodeIsLookedUpSixtyTimesAMinuteAndWritesNothing() {
    Visitor visitor = visitor();
    String typo = Visitor.randomCode();
    assertFewAreLookedUpAndTheRestIsToldToWaitShortly(
        repeatsWithFewUpdates(() -> visitor.redeem(typo)), "404 invalid_claim_code");
    assertThat(visitor.redeem(Visitor.randomCode()).outcome()).isEqualTo("404 invalid_claim_code");
    assertThat(visitor.redeem(Customer.pro(api).code()).outcome()).isEqualTo("200");
  }

  /** The database was restored to a moment before the install, and then to a later one. */
  @Test
  void credentialThatIsGoodAgainIsAcceptedWhateverNeighboursSend() {
    Visitor visitor = visitor();
    String good = visitor.redeem(Customer.pro(api).code()).text("appliance_credential");
    String hash = "sha256(convert_to('" + good + "', 'UTF8'))";
    String away = "sha256('away')";
    move(hash, away);
    assertThat(visitor.checkIn(good).outcome()).isEqualTo("401 invalid_credential");
    assertThat(Stream.generate(() -> visitor.checkIn(good)).limit(200).map(Answer::outcome))
        .contains(LIMITED);
    for (int i = 0; i <= GuessingNode.TRIES; i++) {
      visitor.checkIn(Integer.toString(i).repeat(64));
    }
    move(away, hash);
    assertThat(Stream.generate(() -> visitor.checkIn(good)).limit(20).map(Answer::outcome))
        .containsOnly("200");
  }

  private void move(String from, String to) {
    String update = "UPDATE appliances SET credential_hash = %s WHERE credential_hash = %s";
    assertThat(sql.update(update.formatted(to, from))).isOne();
  }

  @Test
  void repeatedUnknownCredentialIsLookedUpSixtyTimesAMinuteAndWritesNothing() {
    Visitor visitor = visitor();
    String good = visitor.redeem(Customer.pro(api).code()).text("appliance_credential");
    String lost = good.substring(32) + good.substring(0, 32);
    assertFewAreLookedUpAndTheRestIsToldToWaitShortly(
        repeatsWithFewUpdates(() -> visitor.checkIn(lost)), "401 invalid_credential");
    assertThat(visitor.checkIn(good).outcome()).isEqualTo("200");
  }
}
