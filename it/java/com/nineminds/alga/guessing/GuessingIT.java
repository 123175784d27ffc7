package com.nineminds.alga.guessing;

import static com.nineminds.alga.guessing.GuessingNode.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that guesses has to wait after five tries. One proxy is trusted. */
class GuessingIT {

  private static final String LIMITED = "429 rate_limited";
  private static final String UNKNOWN = "404 invalid_claim_code";
  private static final int TRIES = GuessingNode.TRIES;

  private final Api api = GuessingNode.API;
  private final Sql sql = GuessingNode.SQL;

  private static Visitor outOfTries() {
    Visitor visitor = visitor();
    Stream.generate(visitor::guess)
        .limit(TRIES)
        .forEach(answer -> assertThat(answer.outcome()).isEqualTo(UNKNOWN));
    return visitor;
  }

  @Test
  void unknownAndMalformedCodesCountAndWhatIsAcceptedDoesNot() {
    Visitor visitor = visitor();
    for (String code : List.of("ZZZZ9999", "ZZZZ999999", "ABC", "ABCDEFG0", "A".repeat(500))) {
      assertThat(visitor.redeem(Customer.pro(api).code()).outcome()).isEqualTo("200");
      assertThat(visitor.redeem(code).outcome()).isEqualTo(UNKNOWN);
    }
    assertThat(visitor.redeem("ZZZZ9998").outcome()).isEqualTo(LIMITED);
    assertThat(visitor.redeem("ABCD").outcome()).isEqualTo(LIMITED);
  }

  @Test
  void refusalSaysWhenToComeBack() {
    Answer answer = outOfTries().guess();
    assertThat(answer.outcome()).isEqualTo(LIMITED);
    // there are five tries a day, and the first one was taken a moment ago
    assertThat(answer.header("Retry-After").map(Long::valueOf).orElseThrow())
        .isBetween(86_400L / TRIES - 60, 86_400L / TRIES + 1);
    assertThat(answer.text("error")).contains("wrong install codes", "please wait 5 hours");
  }

  @Test
  void validCodeIsRefusedTooAndIsNotUsedUp() {
    Customer customer = Customer.pro(api);
    assertThat(outOfTries().redeem(customer.code()).outcome()).isEqualTo(LIMITED);
    assertThat(visitor().redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void sameWrongCodeCountsOnce() {
    Visitor visitor = visitor();
    String typo = Visitor.randomCode();
    Stream.generate(() -> visitor.redeem(typo))
        .limit(4 * TRIES)
        .forEach(answer -> assertThat(answer.outcome()).isEqualTo(UNKNOWN));
    assertThat(visitor.redeem(Customer.pro(api).code()).outcome()).isEqualTo("200");
  }

  @Test
  void refusedCodeIsNotTakenForOneThatWasTriedBefore() {
    Visitor visitor = outOfTries();
    String code = Visitor.randomCode();
    assertThat(visitor.redeem(code).outcome()).isEqualTo(LIMITED);
    assertThat(visitor.redeem(code).outcome()).isEqualTo(LIMITED);
  }

  @Test
  void codeThatWasGoodOnceCountsOnceADayHoweverItWasLost() {
    Visitor visitor = visitor();
    Customer customer = Customer.pro(api);
    api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
    Customer other = Customer.pro(api);
    visitor.redeem(other.code());
    Customer late = Customer.pro(api);
    sql.update(
        "UPDATE claim_codes SET expires_at = now() - interval '1 day' WHERE tenant_id = ?",
        UUID.fromString(late.tenantId()));
    for (int i = 0; i < TRIES; i++) {
      assertThat(visitor.redeem(customer.code()).outcome()).isEqualTo("409 superseded_claim_code");
      assertThat(visitor.redeem(other.code()).outcome()).isEqualTo("409 consumed_claim_code");
      assertThat(visitor.redeem(late.code()).outcome()).isEqualTo("410 expired_claim_code");
    }
    assertThat(visitor.guess().outcome()).isEqualTo(UNKNOWN);
    assertThat(visitor.guess().outcome()).isEqualTo(UNKNOWN);
    assertThat(visitor.guess().outcome()).isEqualTo(LIMITED);
  }

  @Test
  void otherRefusalsAreNoGuesses() {
    Visitor visitor = visitor();
    Customer customer = Customer.pro(api);
    for (int i = 0; i < 2 * TRIES; i++) {
      assertThat(
              api.send(
                      "POST",
                      "/register",
                      Api.object(
                              "claim_code",
                              customer.code(),
                              "appliance_id",
                              "box",
                              "expected_tenant_id",
                              UUID.randomUUID().toString())
                          .toString(),
                      Map.of("X-Forwarded-For", visitor.address()))
                  .outcome())
          .isEqualTo("409 tenant_mismatch");
    }
    assertThat(visitor.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void manyGuessesAtOnceGetNoMoreThanTheirShareInTheEnd() {
    Visitor visitor = visitor();
    long lookedUp =
        AtOnce.times(32, i -> visitor.guess()).stream()
            .filter(answer -> answer.outcome().equals(UNKNOWN))
            .count();
    long retryAfter = Long.parseLong(visitor.guess().header("Retry-After").orElseThrow());
    // tries that started before the first one failed are a debt, and the visitor has to wait for it
    assertThat(retryAfter).isGreaterThan((lookedUp - TRIES) * 86_400L / TRIES);
  }

  @Test
  void networkOfIpv6IsOneVisitorAndItsNeighbourIsAnother() {
    for (int i = 0; i < TRIES; i++) {
      assertThat(new Visitor(api, "2001:db8:1:1::" + i).guess().outcome()).isEqualTo(UNKNOWN);
    }
    assertThat(new Visitor(api, "2001:db8:1:1::ffff").guess().outcome()).isEqualTo(LIMITED);
    assertThat(new Visitor(api, "2001:db8:1:2::1").guess().outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void siteOfIpv6HasTheTriesOfTenNetworks() {
    for (int i = 0; i < 10 * TRIES; i++) {
      assertThat(new Visitor(api, "2001:db8:2:" + i + "::1").guess().outcome()).isEqualTo(UNKNOWN);
    }
    assertThat(new Visitor(api, "2001:db8:2:1::1").guess().outcome()).isEqualTo(LIMITED);
    assertThat(new Visitor(api, "2001:db8:2:99::1").guess().outcome()).isEqualTo(LIMITED);
    assertThat(new Visitor(api, "2001:db8:2:99::1").guess().outcome()).isEqualTo(LIMITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a0", "a1", "a2"})
  void freshNetworksOfASiteDoNotEscapeItsLimit(String site) {
    long lookedUp =
        IntStream.range(0, 500)
            .mapToObj(i -> "2001:db8:" + site + ":" + Integer.toHexString(i) + "::1")
            .map(address -> new Visitor(api, address).guess())
            .filter(answer -> answer.status() == 404)
            .count();
    assertThat(lookedUp).isBetween(10L * TRIES, 60L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "$WSRA", "$WSRH"})
  void whatTheClientSaysOfItsAddressIsNotBelieved(String header) {
    Visitor visitor = outOfTries();
    String invented = header.equals("Forwarded") ? "for=203.0.113.9" : "203.0.113.9";
    Map<String, String> headers =
        header.equals("X-Forwarded-For")
            ? Map.of(header, invented + ", " + visitor.address())
            : Map.of(header, invented, "X-Forwarded-For", visitor.address());
    Answer answer =
        api.send(
            "POST",
            "/register",
            Api.object("claim_code", Visitor.randomCode(), "appliance_id", "box").toString(),
            headers);
    assertThat(answer.outcome()).isEqualTo(LIMITED);
  }

  @Test
  void checkInsHaveTriesOfTheirOwn() {
    Visitor visitor = outOfTries();
    for (int i = 0; i < TRIES; i++) {
      assertThat(visitor.checkIn(credential()).outcome()).isEqualTo("401 invalid_credential");
    }
    Answer answer = visitor.checkIn(credential());
    assertThat(answer.outcome()).isEqualTo(LIMITED);
    assertThat(answer.text("error")).contains("check-ins with a wrong credential");
  }

  @Test
  void goodCredentialIsNeverRefusedForItsNeighbours() {
    Visitor visitor = visitor();
    String good = visitor.redeem(Customer.pro(api).code()).text("appliance_credential");
    for (int i = 0; i < TRIES; i++) {
      assertThat(visitor.checkIn(credential()).outcome()).isEqualTo("401 invalid_credential");
    }
    assertThat(visitor.checkIn(credential()).outcome()).isEqualTo(LIMITED);
    assertThat(visitor.checkIn(good).outcome()).isEqualTo("200");
  }

  @Test
  void wrongCredentialThatKeepsTryingCountsOnce() {
    Visitor visitor = visitor();
    String lost = credential();
    Stream.generate(() -> visitor.checkIn(lost))
        .limit(4 * TRIES)
        .forEach(answer -> assertThat(answer.outcome()).isEqualTo("401 invalid_credential"));
    String credential = visitor.redeem(Customer.pro(api).code()).text("appliance_credential");
    assertThat(visitor.checkIn(credential).outcome()).isEqualTo("200");
  }

  @Test
  void metricsCountWhatFailedAndWhatWasRefused() {
    outOfTries().guess();
    assertThat(GuessingNode.NODE.metrics())
        .containsPattern("alga_failed_tries_total\\{[^}]*what=\"claim_code\"[^}]*} [1-9]")
        .containsPattern("alga_failed_tries_refused_total\\{[^}]*what=\"claim_code\"[^}]*} [1-9]")
        .containsPattern("alga_guessing_flood(\\{[^}]*})? 0");
  }

  @Test
  void longerCodesAreMintedShownAgainAndRedeemed() {
    Customer customer = Customer.pro(api);
    assertThat(customer.code()).hasSize(10);
    Answer shownAgain =
        api.service(
            "/register-tenant",
            "company_name",
            "Again",
            "contact_email",
            customer.email(),
            "edition",
            "pro",
            "stripe_sub_id",
            customer.stripeSubId());
    assertThat(shownAgain.text("install_code")).isEqualTo(customer.code());
    String typed = customer.code().toLowerCase(java.util.Locale.ROOT).replaceAll("(.{5})", "$1 - ");
    assertThat(visitor().redeem(typed).outcome()).isEqualTo("200");
  }

  private static String credential() {
    return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
  }
}
