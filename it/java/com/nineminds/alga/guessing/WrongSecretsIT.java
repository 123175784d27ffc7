package com.nineminds.alga.guessing;

import static com.nineminds.alga.guessing.GuessingNode.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each network has a limit for wrong service secrets. The right secret is never limited. */
class WrongSecretsIT {

  private static Answer tenants(Visitor visitor, String authorization) {
    return visitor
        .api()
        .send(
            "GET",
            "/tenants?limit=1",
            null,
            Map.of("Authorization", authorization, "X-Forwarded-For", visitor.address()));
  }

  private static Visitor outOfSecrets() {
    Visitor visitor = visitor();
    for (int i = 0; i < GuessingNode.TRIES; i++) {
      Answer answer = tenants(visitor, "Bearer wrong-" + UUID.randomUUID());
      assertThat(answer.outcome()).isEqualTo("401 unauthorized");
      assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer");
    }
    return visitor;
  }

  @Test
  void wrongSecretsOfANetworkHaveToWait() {
    Answer refused = tenants(outOfSecrets(), "Bearer wrong");
    assertThat(refused.outcome()).isEqualTo("429 rate_limited");
    assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow()))
        .isBetween(86_400L / GuessingNode.TRIES - 60, 86_400L / GuessingNode.TRIES + 1);
    assertThat(refused.text("error")).contains("wrong service secrets");
  }

  @Test
  void rightSecretIsAcceptedFromEveryNetwork() {
    Visitor visitor = outOfSecrets();
    assertThat(tenants(visitor, "Bearer wrong").status()).isEqualTo(429);
    assertThat(tenants(visitor, "Bearer " + Stage.SERVICE_SECRET).outcome()).isEqualTo("200");
  }

  @Test
  void otherNetworksAndOtherTriesAreNotAffected() {
    Visitor visitor = outOfSecrets();
    assertThat(tenants(visitor(), "Bearer wrong").outcome()).isEqualTo("401 unauthorized");
    assertThat(visitor.guess().outcome()).isEqualTo("404 invalid_claim_code");
  }

  @Test
  void requestWithoutASecretIsNoTry() {
    Visitor visitor = visitor();
    for (int i = 0; i < 2 * GuessingNode.TRIES; i++) {
      Answer answer = tenants(visitor, "Basic bm9ib2R5");
      assertThat(answer.outcome()).isEqualTo("401 unauthorized");
    }
    assertThat(tenants(visitor, "Bearer wrong").outcome()).isEqualTo("401 unauthorized");
  }

  @Test
  void secretsOfAnIpv6SiteAreLimitedToo() {
    Api api = GuessingNode.API;
    long answered =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> new Visitor(api, "2001:db8:b0:" + Integer.toHexString(i) + "::1"))
            .map(visitor -> tenants(visitor, "Bearer wrong"))
            .filter(answer -> answer.status() == 401)
            .count();
    assertThat(answered).isEqualTo(10L * GuessingNode.TRIES);
  }
}
