package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hundreds of connections send the largest bodies that are allowed, made of as many values as they
 * hold. A parser that builds a tree of them needs 20 times their memory.
 */
@Tag("faults")
class HungryBodiesIT {

  private static final int CONNECTIONS = 300;
  private static final int WARM_UP = 500;

  /** For each kind of body: {@code -Dalga.faults.attack}, in seconds. */
  private static final Duration ATTACK =
      Duration.ofSeconds(Integer.getInteger("alga.faults.attack", 25));

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(HungryBodiesIT.class.getName());

  private static Node node;
  private static URI base;

  @BeforeAll
  static void start() {
    // the same limit on guessing as in production: most of the attack is refused by it
    Map<String, String> settings = Stage.longLived(Stage.settings(Stage.freshDatabase()));
    settings.keySet().removeIf(name -> name.startsWith("FAILED_"));
    settings.put("TRUSTED_PROXY_HOPS", "1");
    node = Node.start("hungry", settings);
    base = node.base();
    assertServesWithin(Duration.ofMinutes(1));
    warmUp();
  }

  /** The service is compiled by then, as one is that has run for a while. */
  private static void warmUp() {
    try (KeptAlive connection = new KeptAlive(base)) {
      byte[] request = connection.post("/register", Filler.STRINGS.body());
      for (int i = 0; i < WARM_UP; i++) {
        assertThat(connection.send(request).status()).isIn(404, 429);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    IntStream.range(0, 20).forEach(i -> serve());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @EnumSource
  void hungryBodiesKeepNobodyFromBeingServed(Filler filler) throws Exception {
    assertThat(filler.body().length()).isBetween(Filler.LIMIT * 9 / 10, Filler.LIMIT);
    List<Duration> honest = new ArrayList<>();
    Map<Integer, Long> answers;
    try (Attackers attackers = Attackers.at(base, filler, CONNECTIONS)) {
      long end = System.nanoTime() + ATTACK.toNanos();
      while (System.nanoTime() < end) {
        honest.addAll(serve());
      }
      answers = attackers.end();
    }
    Collections.sort(honest);
    Duration ninetieth = honest.get(honest.size() * 9 / 10);
    Duration slowest = honest.get(honest.size() - 1);
    LOG.info(
        "%s: answers to the attack %s; honest requests: %d, median %s, 90th percentile %s, slowest %s"
            .formatted(
                filler, answers, honest.size(), honest.get(honest.size() / 2), ninetieth, slowest));
    assertThat(answers.keySet()).isSubsetOf(404, 429, 503, Attackers.NONE);
    answers.remove(Attackers.NONE);
    // each connection had at most one of its answers after the end
    assertThat(answers.values().stream().mapToLong(Long::longValue).sum())
        .isGreaterThan(2 * CONNECTIONS);
    // one answer in ten may wait for those to the attackers
    assertThat(ninetieth).isLessThan(SOON);
    assertThat(slowest).isLessThan(SOON.multipliedBy(5));
    assertServesWithin(RECOVERY);
    assertThat(node.console()).doesNotContain("OutOfMemory");
  }

  private static void assertServesWithin(Duration patience) {
    assertThat(serve()).allMatch(took -> took.compareTo(patience) < 0);
  }

  /** A registration and a redeem of an honest customer; gives how long each of them took. */
  private static List<Duration> serve() {
    Api api = new Api(base);
    long begin = System.nanoTime();
    Customer customer = Customer.pro(api);
    long registered = System.nanoTime();
    assertThat(redeem(api, customer)).isEqualTo(200);
    return List.of(
        Duration.ofNanos(registered - begin), Duration.ofNanos(System.nanoTime() - registered));
  }

  /** From a network that never failed. */
  private static int redeem(Api api, Customer customer) {
    String body =
        Api.object("claim_code", customer.code(), "appliance_id", "box-" + Customer.unique())
            .toString();
    return api.send("POST", "/register", body, Map.of("X-Forwarded-For", "203.0.113.77")).status();
  }
}
