package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.IdleProxy;
import com.nineminds.alga.harness.KeptAlive;
import com.nineminds.alga.harness.LongWay;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A node behind nginx and HAProxy, which keep connections to it. The times are those of
 * operating.md, fifteen times shorter. The way between proxy and node takes 0.2 s, so that a
 * request can be under way while its connection ends.
 */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindProxiesIT {

  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final Duration IDLE_AT_PROXY = Duration.ofSeconds(4);
  private static final Duration WAY = Duration.ofMillis(200);

  /**
   * How long connections were idle, in milliseconds: around the end at the proxy and at the node.
   */
  private static final List<Integer> IDLE =
      List.of(3_600, 3_800, 3_900, 4_000, 4_100, 4_300, 4_600, 4_700, 4_800, 4_900, 5_000, 5_200);

  /** The times at which a request meets the end of its connection, unless the proxy ended it. */
  private static final List<Integer> ENDING = List.of(4_700, 4_800, 4_900);

  private static final int CLIENTS = 5;
  private static final String KEYS = "/.well-known/jwks.json";

  /** Clients whose connections become idle together. */
  private record Group(int port, int idleMillis, boolean anew, CyclicBarrier together) {

    /** Gives the status of the answer; {@code lost} without an answer. */
    String post(String code) {
      URI base = URI.create("http://localhost:" + port);
      String body = Api.object("claim_code", code, "appliance_id", "idle").toString();
      try (KeptAlive first = new KeptAlive(base);
          KeptAlive second = new KeptAlive(base)) {
        together.await(1, TimeUnit.MINUTES);
        first.get(KEYS, null);
        long idleUntil = System.nanoTime() + Duration.ofMillis(idleMillis).toNanos();
        if (anew) {
          // HAProxy uses a connection of others from the second request of a client on
          LockSupport.parkNanos(idleUntil - System.nanoTime() - 3 * WAY.toNanos());
          second.get(KEYS, null);
        }
        LockSupport.parkNanos(idleUntil - System.nanoTime());
        return Integer.toString((anew ? second : first).post("/register", body, null).status());
      } catch (IOException e) {
        return "lost";
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Node node;
  private static Api api;
  private static LongWay way;

  @BeforeAll
  static void start() {
    Map<String, String> settings = Stage.settings(Stage.freshDatabase());
    settings.put("KEEP_ALIVE_SECONDS", Integer.toString(KEEP_ALIVE_SECONDS));
    settings.put("TRUSTED_PROXY_HOPS", "1");
    settings.put("PUBLIC_BASE_URL", "https://apps.example/license");
    node = Node.start("behind-proxies", settings);
    api = new Api(node.base());
    way = new LongWay(node.base().getPort(), WAY);
  }

  @AfterAll
  static void stop() {
    way.close();
    node.close();
  }

  /** Nothing but the order of the two timeouts makes the difference. */
  @Test
  void noPostIsLostBehindAProxyThatEndsIdleConnectionsFirst() {
    int node = way.port();
    Duration longer = Duration.ofSeconds(20);
    try (IdleProxy nginx = IdleProxy.nginx("nginx", node, IDLE.size(), IDLE_AT_PROXY);
        IdleProxy haproxy =
            IdleProxy.haproxy("haproxy", node, IDLE.size(), IDLE_AT_PROXY, "pool-max-conn 0");
        IdleProxy late = IdleProxy.nginx("nginx-late", node, ENDING.size(), longer);
        IdleProxy pool = IdleProxy.haproxy("haproxy-pool", node, ENDING.size(), longer, "")) {
      ExecutorService threads = Executors.newCachedThreadPool();
      try {
        var behindNginx = posts(threads, nginx, IDLE, false);
        var behindHaproxy = posts(threads, haproxy, IDLE, true);
        var behindLate = posts(threads, late, ENDING, false);
        var behindPool = posts(threads, pool, ENDING, true);
        assertThat(all(behindNginx)).hasSize(IDLE.size() * CLIENTS).containsOnly("200");
        assertThat(all(behindHaproxy)).hasSize(IDLE.size() * CLIENTS).containsOnly("200");
        assertThat(all(behindLate)).as("the test would notice").contains("502");
        assertThat(all(behindPool)).as("the test would notice").contains("lost");
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void serviceBelowAPathServesAppliances() {
    try (IdleProxy nginx = IdleProxy.nginx("nginx-path", way.port(), 1, IDLE_AT_PROXY)) {
      Api below = new Api(URI.create("http://localhost:" + nginx.port(0)));
      Customer customer = Customer.pro(api);
      Answer registered =
          below.send(
              "POST",
              "/register",
              Api.object("claim_code", customer.code(), "appliance_id", "below").toString(),
              Map.of());
      assertThat(registered.text("check_in_url"))
          .isEqualTo("https://apps.example/license/check-in");
      String checkIn =
          Api.object("appliance_credential", registered.text("appliance_credential")).toString();
      try (KeptAlive client = new KeptAlive(below.base())) {
        assertThat(client.post("/license/check-in", checkIn, null).status()).isEqualTo(200);
        assertThat(client.get("/license/tenants/x", Stage.SERVICE_SECRET).status()).isEqualTo(404);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Comes first, because the other tests send requests without the header. */
  @Test
  @Order(1)
  void missingHeaderOfTheProxyIsLoggedOnceAndNotForMonitors() {
    Map<String, String> byProxy = Map.of("X-Forwarded-For", "203.0.113.7");
    for (String path : List.of("/", KEYS, "/nowhere")) {
      api.send("GET", path, null, Map.of());
    }
    node.healthStatus("ready");
    node.metrics();
    api.send("POST", "/check-in", "{}", byProxy);
    assertThat(node.console()).doesNotContain("TRUSTED_PROXY_HOPS");
    for (int i = 0; i < 3; i++) {
      api.send("POST", "/check-in", "{}", Map.of());
      api.send("POST", "/check-in", "{}", Map.of("X-Forwarded-For", "unknown"));
    }
    assertThat(node.console().lines().filter(line -> line.contains("TRUSTED_PROXY_HOPS is 1")))
        .hasSize(1);
  }

  /**
   * Each group of clients lets its connections become idle for its time, and then redeems codes at
   * once.
   *
   * @param anew whether other clients leave the idle connections behind
   */
  private static List<CompletableFuture<String>> posts(
      ExecutorService threads, IdleProxy proxy, List<Integer> idle, boolean anew) {
    List<CompletableFuture<String>> posts = new ArrayList<>();
    for (int i = 0; i < idle.size(); i++) {
      Group group = new Group(proxy.port(i), idle.get(i), anew, new CyclicBarrier(CLIENTS));
      for (int client = 0; client < CLIENTS; client++) {
        String code = Customer.pro(api).code();
        posts.add(CompletableFuture.supplyAsync(() -> group.post(code), threads));
      }
    }
    return posts;
  }

  private static List<String> all(List<CompletableFuture<String>> posts) {
    return posts.stream().map(CompletableFuture::join).toList();
  }
}
