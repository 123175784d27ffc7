package com.nineminds.alga.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code POST /register} is all or nothing. A failure in the middle leaves the code live. */
class RegisterCrashIT {

  private static final int CLIENTS = 6;
  private static final int CODES = 50;
  private static final int KILLS = 3;

  private final Api api = Stage.api();
  private final Portal portal = Portal.shared();

  /** A customer's machine, which repeats its request until it is answered. */
  private record Client(Customer customer, String applianceId) {

    Answer redeem(Api api) {
      return customer.redeem(api, applianceId);
    }
  }

  @Test
  void failureAfterTheCodeWasConsumedLeavesItLive() {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    failFor(box, "appliances", "appliance_id");
    try {
      assertThat(box.redeem(customer.code()).status()).isGreaterThanOrEqualTo(500);
      assertThat(portal.count(customer, "claim_codes", "consumed_at IS NULL")).isOne();
      assertThat(portal.count(customer, "entitlements", "current_token IS NULL")).isOne();
      assertThat(portal.count(customer, "tenant_registry", "status = 'registered'")).isOne();
    } finally {
      recover("appliances");
    }
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void failureAfterTheApplianceWasStoredLeavesTheCodeLive() {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    failFor(box, "audit_log", "subject");
    try {
      assertThat(box.redeem(customer.code()).status()).isGreaterThanOrEqualTo(500);
      assertThat(portal.count(customer, "claim_codes", "consumed_at IS NULL")).isOne();
      assertThat(portal.count(customer, "appliances", "true")).isZero();
      assertThat(portal.count(customer, "tenant_registry", "status = 'registered'")).isOne();
    } finally {
      recover("audit_log");
    }
    assertThat(box.redeem(customer.code()).outcome()).isEqualTo("200");
  }

  @Test
  void failureOfARetryLeavesTheCredentialAsItWas() {
    Customer customer = Customer.pro(api);
    Box box = Box.fresh(api);
    String credential = box.install(customer.code());
    failFor(box, "audit_log", "subject");
    try {
      assertThat(box.redeem(customer.code()).status()).isGreaterThanOrEqualTo(500);
    } finally {
      recover("audit_log");
    }
    assertThat(box.checkIn(credential).text("status")).isEqualTo("ok");
  }

  @Test
  void clientsOfAKilledServerFinishByRetrying() {
    String database = Stage.freshDatabase();
    Node node = Node.start("crash", Stage.settings(database));
    try {
      for (int i = 0; i < KILLS; i++) {
        List<Client> unanswered = redeemUntilKilled(node);
        assertThat(unanswered).hasSize(CLIENTS);
        node = Node.start("crash", Stage.settings(database));
        Api restarted = new Api(node.base());
        assertThat(unanswered)
            .allSatisfy(client -> assertThat(client.redeem(restarted).outcome()).isEqualTo("200"));
        assertThat(consumedWithoutTheirAppliance(database)).isEmpty();
      }
    } finally {
      node.kill();
    }
  }

  /** Kills the node while clients redeem codes in turn. Returns the clients without answer. */
  private static List<Client> redeemUntilKilled(Node node) {
    Api api = new Api(node.base());
    CountDownLatch answered = new CountDownLatch(5 * CLIENTS);
    List<Supplier<Client>> actions = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      List<Client> prepared =
          Stream.generate(() -> new Client(Customer.pro(api), "box-" + Customer.unique()))
              .limit(CODES)
              .toList();
      actions.add(() -> redeemUntilCutOff(api, prepared, answered));
    }
    actions.add(() -> killOnce(answered, node));
    return AtOnce.all(actions).stream().filter(Objects::nonNull).toList();
  }

  private static Client redeemUntilCutOff(Api api, List<Client> prepared, CountDownLatch answered) {
    for (Client client : prepared) {
      try {
        assertThat(client.redeem(api).outcome()).isEqualTo("200");
        answered.countDown();
      } catch (UncheckedIOException cutOff) {
        return client;
      }
    }
    throw new AssertionError("the server was not killed in time");
  }

  private static Client killOnce(CountDownLatch answered, Node node) {
    try {
      assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      node.kill();
    }
    return null;
  }

  private static List<String> consumedWithoutTheirAppliance(String database) {
    return new Sql(database)
        .all(
            String.class,
            """
            SELECT c.consumed_by FROM claim_codes c
            JOIN tenant_registry t USING (tenant_id)
            JOIN entitlements e ON e.id = c.entitlement_id
            LEFT JOIN appliances a ON a.claim_code_id = c.id AND a.appliance_id = c.consumed_by
            WHERE (c.consumed_at IS NOT NULL) <> (
              a.id IS NOT NULL AND t.status = 'installed' AND e.current_token IS NOT NULL)
            """);
  }

  private void failFor(Box box, String table, String column) {
    portal
        .sql()
        .update(
            """
            CREATE FUNCTION fail_%1$s() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'broken by a test';
            END $$;
            CREATE TRIGGER fail AFTER INSERT ON %1$s FOR EACH ROW WHEN (NEW.%2$s = '%3$s')
            EXECUTE FUNCTION fail_%1$s()
            """
                .formatted(table, column, box.id()));
  }

  private void recover(String table) {
    portal.sql().update("DROP FUNCTION fail_%s CASCADE".formatted(table));
  }
}
