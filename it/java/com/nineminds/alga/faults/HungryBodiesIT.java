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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.stream.Collectors;
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

  /** As many as it takes to have all places for long bodies. */
  private static final int NETWORKS = 10;

  private static final int LIMIT = 64 * 1024;

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

  /** What the bodies consist of. */
  enum Filler {
    STRINGS,
    MEMBERS,
    OBJECTS,
    ARRAYS,
    NUMBERS;

    String body() {
      String values =
          switch (this) {
            case STRINGS -> "\"x\":[" + many("\"\"") + "]";
            case MEMBERS ->
                IntStream.range(0, 6_500)
                    .mapToObj(i -> "\"m" + i + "\":0")
                    .collect(Collectors.joining(","));
            case OBJECTS -> "\"x\":[" + many("{\"a\":{}}") + "]";
            case ARRAYS -> "\"x\":[" + many("[[]]") + "]";
            case NUMBERS -> "\"x\":[" + many("1") + "]";
          };
      return "{\"claim_code\":\"ZZZZ9999\",\"appliance_id\":\"a\"," + values + "}";
    }

    private static String many(String value) {
      return (value + ",").repeat((LIMIT - 100) / (value.length() + 1)) + value;
    }
  }

  @ParameterizedTest
  @EnumSource
  void hungryBodiesKeepNobodyFromBeingServed(Filler filler) throws Exception {
    String body = filler.body();
    assertThat(body.length()).isBetween(LIMIT * 9 / 10, LIMIT);
    AtomicBoolean attacking = new AtomicBoolean(true);
    AtomicLong answered = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> attackers = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        String address = "198.51.100." + i % NETWORKS;
        attackers.add(threads.submit(() -> attack(address, body, attacking, answered)));
      }
      List<Duration> honest = new ArrayList<>();
      long end = System.nanoTime() + ATTACK.toNanos();
      while (System.nanoTime() < end) {
        honest.addAll(serve());
      }
      assertThat(answered.get()).isGreaterThan(CONNECTIONS);
      Collections.sort(honest);
      LOG.info(
          filler
              + ": "
              + answered
              + " answers to the attack; honest requests: "
              + honest.size()
              + ", median "
              + honest.get(honest.size() / 2)
              + ", slowest "
              + honest.get(honest.size() - 1));
      // the attackers' own threads share the cores: one answer in ten may wait for them
      assertThat(honest.get(honest.size() * 9 / 10)).isLessThan(SOON);
      assertThat(honest.get(honest.size() - 1)).isLessThan(SOON.multipliedBy(5));
    } finally {
      attacking.set(false);
      for (Future<?> attacker : attackers) {
        attacker.get(1, TimeUnit.MINUTES);
      }
      threads.shutdownNow();
    }
    assertServesWithin(RECOVERY);
    assertThat(node.console()).doesNotContain("OutOfMemory");
  }

  private static void attack(
      String address, String body, AtomicBoolean attacking, AtomicLong answered) {
    try (KeptAlive connection = new KeptAlive(base, "X-Forwarded-For: " + address + "\r\n")) {
      byte[] request = connection.post("/register", body);
      while (attacking.get()) {
        try {
          assertThat(connection.send(request).status()).isIn(404, 429, 503);
          answered.incrementAndGet();
        } catch (IOException e) {
          // the next request goes over a new connection
        }
      }
    }
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
