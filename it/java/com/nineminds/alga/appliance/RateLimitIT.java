package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code POST /register} refuses an address that guesses: here one with five tries an hour. */
class RateLimitIT {

  private static final String LIMITED = "429 rate_limited";

  private static Node node;
  private static Api api;
  private static Portal portal;

  /** What the tries before the limit were answered: of unknown and of malformed codes. */
  private static final List<String> OUTCOMES = new ArrayList<>();

  @BeforeAll
  static void useUpTheTries() {
    String database = Stage.freshDatabase();
    Map<String, String> settings = Stage.settings(database);
    settings.put("FAILED_REDEEMS_PER_HOUR", "5");
    node = Node.start("rate-limit", settings);
    api = new Api(node.base());
    portal = new Portal(api, new Sql(database));
    for (String code : List.of("ZZZZ9999", "ZZZZ9998", "ABC", "ABCDEFG0", "ZZZZ9997")) {
      // what is accepted or is no try at all costs nothing
      OUTCOMES.add(Box.fresh(api).redeem(Customer.pro(api).code()).outcome());
      OUTCOMES.add(api.appliance("/register").outcome());
      OUTCOMES.add(Box.fresh(api).redeem(code).outcome());
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void theFirstFiveUnknownAndMalformedCodesAre404() {
    assertThat(OUTCOMES.stream().filter("404 invalid_claim_code"::equals)).hasSize(5);
    assertThat(OUTCOMES.stream().filter("200"::equals)).hasSize(5);
    assertThat(OUTCOMES.stream().filter("400 invalid_request"::equals)).hasSize(5);
  }

  @Test
  void theNextUnknownCodeIs429AndSaysWhenToComeBack() {
    Answer answer = Box.fresh(api).redeem("ZZZZ9996");
    assertThat(answer.outcome()).isEqualTo(LIMITED);
    assertThat(answer.header("Retry-After").map(Long::valueOf).orElseThrow()).isBetween(1L, 3600L);
  }

  @Test
  void malformedCodeIs429Too() {
    assertThat(Box.fresh(api).redeem("ABC").outcome()).isEqualTo(LIMITED);
  }

  @Test
  void validCodeIs429TooAndIsNotUsedUp() {
    Customer customer = Customer.pro(api);
    assertThat(Box.fresh(api).redeem(customer.code()).outcome()).isEqualTo(LIMITED);
    assertThat(portal.count(customer, "claim_codes", "consumed_at IS NULL")).isOne();
    assertThat(portal.count(customer, "appliances", "true")).isZero();
  }
}
