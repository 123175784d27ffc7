package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Console.Page;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.LoadBalancer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three nodes on one database start together, behind the load balancer of operating.md. */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeNodesIT {

  private static final Logger LOG = Logger.getLogger(ThreeNodesIT.class.getName());

  /** The test that kills a node runs last, because nothing starts that node again. */
  private static final int LAST = Integer.MAX_VALUE;

  private static final int NODES = 3;
  private static final int CLIENTS = 64;
  private static final int CODES = 1_000;

  /** HAProxy needs two seconds to notice that a node drains. */
  private static final String DRAIN_SECONDS = "4";

  private static final List<Node> RUNNING = new ArrayList<>();
  private static Sql sql;
  private static final LoadBalancer BALANCER = new LoadBalancer();
  private static final Api API = new Api(BALANCER.base());

  @BeforeAll
  static void startTogether() {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    settings.put("DRAIN_SECONDS", DRAIN_SECONDS);
    settings.put("CONSOLE_BASE_URL", BALANCER.base().toString());
    for (int i = 1; i <= NODES; i++) {
      RUNNING.add(Node.launch("of-three-" + i, settings));
    }
    RUNNING.forEach(Node::awaitReady);
    BALANCER.start(RUNNING);
  }

  @AfterAll
  static void stop() {
    BALANCER.close();
    RUNNING.forEach(Node::terminate);
    RUNNING.forEach(Node::terminate); // no client is left to drain for
    RUNNING.forEach(Node::awaitExit);
  }

  @BeforeEach
  void awaitAll() {
    BALANCER.awaitAll();
  }

  @Test
  void eachMigrationRanOnce() {
    assertThat(
            sql.all(
                String.class,
                "SELECT coalesce(version, description) FROM flyway_schema_history ORDER BY 1"))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(8);
    assertThat(sql.all(String.class, "SELECT script FROM flyway_schema_history WHERE NOT success"))
        .isEmpty();
    for (Node node : RUNNING) {
      assertThat(node.healthStatus("ready")).isEqualTo(200);
    }
  }

  @Test
  void aThousandCodesAreRedeemedOnceEachThroughAllNodes() {
    AtomicInteger next = new AtomicInteger();
    List<Customer> customers = Collections.synchronizedList(new ArrayList<>());
    AtOnce.times(
        16,
        client -> {
          while (next.getAndIncrement() < CODES) {
            customers.add(Customer.pro(API));
          }
          return null;
        });
    List<Long> before = RUNNING.stream().map(ThreeNodesIT::redeemsOf).toList();
    Map<String, String> credentials = new ConcurrentHashMap<>();
    List<String> refusals = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger tries = new AtomicInteger();
    AtOnce.times(
        CLIENTS,
        client -> {
          // four clients try each code at about the same time
          for (int turn = client / 4; turn < CODES; turn += CLIENTS / 4) {
            tries.incrementAndGet();
            Customer customer = customers.get(turn);
            Answer answer = customer.redeem(API, "crowd-" + client);
            if (answer.status() == 200) {
              assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
              String earlier =
                  credentials.put(customer.tenantId(), answer.text("appliance_credential"));
              assertThat(earlier).as("a second winner").isNull();
            } else {
              refusals.add(answer.outcome());
            }
          }
          return null;
        });
    assertThat(tries).hasValue(4 * CODES);
    assertThat(credentials).hasSize(CODES);
    assertThat(refusals).hasSize(3 * CODES).containsOnly("409 consumed_claim_code");
    assertThat(
            sql.one(
                Long.class,
                """
                SELECT count(*) FROM claim_codes c
                JOIN appliances a ON a.claim_code_id = c.id AND a.appliance_id = c.consumed_by
                WHERE a.tenant_id = c.tenant_id AND c.consumed_by ~ '^crowd-[0-9]+$'
                """))
        .isEqualTo(CODES);
    for (int i = 0; i < NODES; i++) {
      assertThat(redeemsOf(RUNNING.get(i)) - before.get(i)).isGreaterThan(CODES);
    }
    credentials.values().stream()
        .limit(50)
        .forEach(
            credential ->
                assertThat(
                        API.appliance("/check-in", "appliance_credential", credential)
                            .text("status"))
                    .isEqualTo("ok"));
  }

  @Test
  void aRollingRestartUnderLoadFailsNoRequest() {
    Instant start = Instant.now();
    Traffic traffic = Traffic.at(BALANCER.base());
    long errors = BALANCER.serverErrors();
    try (traffic) {
      for (int i = 0; i < NODES; i++) {
        long sentBefore = traffic.requests();
        Node stopping = RUNNING.get(i);
        stopping.close();
        assertThat(stopping.process().exitValue()).as("ended by SIGTERM").isEqualTo(143);
        RUNNING.set(i, stopping.launchAgain().awaitReady());
        BALANCER.awaitAll();
        assertThat(traffic.requests()).isGreaterThan(sentBefore + 100);
      }
    }
    LOG.info(
        "rolling restart of %d nodes: %d requests in %d s, failed: %d"
            .formatted(
                NODES,
                traffic.requests(),
                Duration.between(start, Instant.now()).toSeconds(),
                traffic.failures().size()));
    assertThat(traffic.failures()).isEmpty();
    assertThat(BALANCER.serverErrors() - errors).isZero();
  }

  @Test
  @Order(LAST)
  void anOperatorGoesOnWhenTheirNodeDies() {
    Customer customer = Customer.pro(API);
    Console anna = Console.signedIn(BALANCER.base(), "anna");
    int dying = NODES - 1;
    Node node = RUNNING.get(dying);
    Console there = new Console(node.base());
    there.cookies().putAll(anna.cookies());
    Form filledIn =
        there.get("/admin/tenant?id=" + customer.tenantId() + "&do=suspend").form("#confirm");
    node.kill();
    for (Page page :
        IntStream.range(0, 2 * NODES).mapToObj(i -> anna.get("/admin/overview")).toList()) {
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.html().select(".who").text()).isEqualTo("anna");
    }
    Page done =
        anna.send(
            new Form(
                BALANCER.base().resolve(filledIn.action().getRawPath()),
                filledIn.method(),
                filledIn.fields()));
    assertThat(done.status()).as(done.toString()).isEqualTo(303);
    assertThat(API.get("/tenants/" + customer.tenantId()).object("tenant").getString("status"))
        .isEqualTo("suspended");
  }

  /** How many redeems the node answered, whatever came of them. */
  private static long redeemsOf(Node node) {
    return new Console(node.base())
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("alga_requests_total{"))
        .filter(line -> line.contains("route=\"POST /register\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
