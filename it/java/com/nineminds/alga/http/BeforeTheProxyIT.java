package com.nineminds.alga.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A node says once that a proxy seems to be before it, and keeps connections longer than proxies.
 */
class BeforeTheProxyIT {

  private final Api api = Stage.api();

  /** The server would log what it does not understand, and keep connections for 30 s. */
  @Test
  void emptyTimeOfIdleConnectionsIsTheDefault() {
    assertThat(Stage.variedNode().console()).doesNotContain("CWWKG0075E", "persistTimeout");
  }

  @Test
  void headerOfAProxyThatNobodyExpectsIsLoggedOnce() {
    String invented = "203.0.113.9\"evil";
    for (int i = 0; i < 3; i++) {
      api.send("POST", "/check-in", "{}", Map.of("X-Forwarded-For", invented));
      api.send("GET", "/tenants/x", null, Map.of("X-Forwarded-For", "203.0.113.9, 10.0.0.1"));
    }
    assertThat(Stage.node().console().lines().filter(line -> line.contains("TRUSTED_PROXY_HOPS")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("TRUSTED_PROXY_HOPS is 0", "X-Forwarded-For")
                    .doesNotContain("203.0.113.9", "evil"));
  }
}
