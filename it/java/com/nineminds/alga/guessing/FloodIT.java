package com.nineminds.alga.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A thousand addresses guess at three nodes. The nodes have the default limits. Only the limit for
 * a flood is lower, because it would take long to reach the default.
 */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FloodIT {

  private static final int FLOODERS = 1_000;
  private static final int INSTALLS = 100;
  private static final int TRIES_OF_A_NETWORK = 250;
  private static final String UNKNOWN = "404 invalid_claim_code";

  private static final List<Node> NODES = new ArrayList<>();
  private static final AtomicBoolean FLOODING = new AtomicBoolean(true);
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(6);
  private static final List<Future<?>> FLOOD = new ArrayList<>();

  @BeforeAll
  static void start() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.keySet().removeIf(name -> name.startsWith("FAILED_"));
    settings.put("FAILED_REDEEMS_PER_DAY_OF_ALL", "1000");
    settings.put("TRUSTED_PROXY_HOPS", "1");
    NODES.addAll(Node.startAll(settings, "flood-0", "flood-1", "flood-2"));
    for (int thread = 0; thread < 6; thread++) {
      int number = thread;
      FLOOD.add(THREADS.submit(() -> flood(number)));
    }
    Await.until(
        Duration.ofMinutes(3),
        () -> IntStream.range(0, 3).allMatch(FloodIT::isFlood),
        () -> "no flood");
  }

  private static void flood(int thread) {
    for (int i = thread; FLOODING.get(); i += 6) {
      Answer answer = at(i, "198.18." + (i % FLOODERS) / 250 + "." + i % FLOODERS % 250).guess();
      assertThat(answer.status()).isIn(404, 429);
    }
  }

  @AfterAll
  static void stop() {
    FLOODING.set(false);
    THREADS.shutdownNow();
    Node.closeAll(NODES);
  }

  /** Sends requests to the nodes in turn, as a load balancer does. */
  private static Visitor at(int turn, String address) {
    return new Visitor(new Api(NODES.get(turn % NODES.size()).base()), address);
  }

  private static boolean isFlood(int node) {
    return NODES.get(node).metrics().matches("(?s).*alga_guessing_flood(\\{[^}]*})? 1.*");
  }

  @Test
  @Order(1)
  void hundredHonestInstallsBehindOneAddressWithTwoTyposEachSucceed() {
    List<String> codes =
        AtOnce.times(
                10,
                i ->
                    IntStream.range(0, INSTALLS / 10)
                        .mapToObj(j -> Customer.pro(new Api(NODES.get(i % 3).base())).code())
                        .toList())
            .stream()
            .flatMap(List::stream)
            .toList();
    List<String> outcomes =
        AtOnce.times(
            INSTALLS,
            i -> {
              String box = "box-" + Customer.unique();
              return String.join(
                  ", ",
                  at(i, "203.0.113.1").redeem(Visitor.randomCode(), box).outcome(),
                  at(i + 1, "203.0.113.1").redeem(Visitor.randomCode(), box).outcome(),
                  at(i + 2, "203.0.113.1").redeem(codes.get(i), box).outcome());
            });
    assertThat(outcomes).hasSize(INSTALLS).containsOnly(UNKNOWN + ", " + UNKNOWN + ", 200");
  }

  @Test
  @Order(2)
  void firstTryOfAnAddressIsAlwaysLookedUp() {
    assertThat(at(0, "203.0.113.2").guess().outcome()).isEqualTo(UNKNOWN);
    String code = Customer.pro(new Api(NODES.get(0).base())).code();
    assertThat(at(1, "203.0.113.3").redeem(code).outcome()).isEqualTo("200");
  }

  @Test
  @Order(3)
  void networkThatFailedOftenIsLimitedOnAllNodesAndIsToldSo() throws Exception {
    FLOODING.set(false);
    for (Future<?> thread : FLOOD) {
      thread.get(1, TimeUnit.MINUTES);
    }
    List<Answer> answers =
        IntStream.range(0, TRIES_OF_A_NETWORK).mapToObj(i -> at(i, "203.0.113.4").guess()).toList();
    assertThat(answers).allMatch(answer -> answer.outcome().equals(UNKNOWN));
    for (int node = 0; node < 3; node++) {
      Answer refused = at(node, "203.0.113.4").guess();
      assertThat(refused.outcome()).isEqualTo("429 rate_limited");
      // in a flood, an address has five tries a day, which is one every 4.8 hours
      assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow()))
          .isBetween(86_400L / 5 - 300, 86_400L / 5 + 1);
    }
  }

  @Test
  @Order(4)
  void freshNetworksOfASiteDoNotEscapeOnAnyNodeNorAfterARestart() {
    List<Integer> answered =
        AtOnce.times(6, thread -> answered(IntStream.range(0, 3_600).filter(i -> i % 6 == thread)));
    // the tries of a site in a flood; the three nodes look before each try of an unknown network
    assertThat(answered.stream().mapToInt(Integer::intValue).sum())
        .isBetween(10 * TRIES_OF_A_NETWORK, 10 * TRIES_OF_A_NETWORK + 10);
    NODES.get(0).close();
    NODES.set(0, NODES.get(0).launchAgain().awaitReady());
    assertThat(answered(IntStream.range(4_000, 4_200))).isZero();
  }

  private static int answered(IntStream networks) {
    return (int)
        networks
            .mapToObj(i -> at(i, "2001:db8:f:" + Integer.toHexString(i) + "::1").guess())
            .filter(answer -> answer.status() == 404)
            .count();
  }
}
