package com.nineminds.alga.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes try to delete old rows every second. */
@Tag("faults")
class UpkeepIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static Sql sql;
  private static List<Node> nodes;
  private static Api api;

  @BeforeAll
  static void start() {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    settings.put("UPKEEP_INTERVAL_SECONDS", "1");
    nodes = Node.startAll(settings, "upkeep-1", "upkeep-2", "upkeep-3");
    api = new Api(nodes.get(0).base());
  }

  @AfterAll
  static void stop() throws SQLException {
    Node.closeAll(nodes);
    Stage.postgres().dropDatabase(sql.database());
  }

  @Test
  void eachRowIsDeletedOnceAndEachCodeIsRecorded() {
    UUID tenant = UUID.fromString(Customer.essentials(api).tenantId());
    long codes = counted("alga_purged_total", "what=\"codes\"");
    long keys = counted("alga_purged_total", "what=\"idempotency_keys\"");
    long sessions = counted("alga_purged_total", "what=\"sessions\"");
    plantCodes(tenant, 2_500);
    plantKeys(tenant, 2_500);
    plantSessions(1_500);
    plantBuckets(250);
    awaitGone();
    Await.until(
        PATIENCE,
        () -> counted("alga_purged_total", "what=\"codes\"") == codes + 2_500,
        () -> "codes counted: " + counted("alga_purged_total", "what=\"codes\""));
    assertThat(counted("alga_purged_total", "what=\"idempotency_keys\"")).isEqualTo(keys + 2_500);
    assertThat(counted("alga_purged_total", "what=\"sessions\"")).isEqualTo(sessions + 1_500);
    assertThat(recorded(tenant)).isEqualTo(2_500);
    assertThat(
            sql.all(
                String.class,
                "SELECT DISTINCT concat_ws(' ', actor, subject, operator, request_id, address)"
                    + " FROM audit_log WHERE event = 'code_deleted' AND tenant_id = ?",
                tenant))
        .containsExactly("upkeep ****7777");
    assertThat(nodes.stream().map(Node::console).anyMatch(log -> log.contains("upkeep deleted")))
        .isTrue();
  }

  @Test
  void nothingIsDeletedWhileAnotherNodeHasTheLock() throws SQLException {
    UUID tenant = UUID.fromString(Customer.essentials(api).tenantId());
    try (Connection other = Stage.postgres().superuserConnection(sql.database());
        Statement lock = other.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(hashtext('alga upkeep'))");
      plantCodes(tenant, 10);
      for (Node node : nodes) {
        long skipped = counted(node, "alga_upkeep_total", "outcome=\"skipped\"");
        Await.until(
            PATIENCE,
            () -> counted(node, "alga_upkeep_total", "outcome=\"skipped\"") > skipped + 1,
            () -> "no run was skipped: " + node.console());
      }
      assertThat(oldCodes()).isEqualTo(10);
    }
    awaitGone();
    assertThat(recorded(tenant)).isEqualTo(10);
  }

  @Test
  void interruptedUpkeepLeavesNothingHalfDone() {
    UUID tenant = UUID.fromString(Customer.essentials(api).tenantId());
    sql.update(
        """
        CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(0.02); RETURN OLD; END'
        """);
    sql.update(
        """
        CREATE TRIGGER slowly BEFORE DELETE ON claim_codes
        FOR EACH ROW EXECUTE FUNCTION slowly()
        """);
    plantCodes(tenant, 300);
    Await.until(
        PATIENCE,
        () ->
            !sql.all(
                    Boolean.class,
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event = 'PgSleep'
                    """)
                .isEmpty(),
        () -> "nothing was deleted");
    assertThat(oldCodes()).isEqualTo(300);
    assertThat(recorded(tenant)).isZero();
    sql.update("DROP TRIGGER slowly ON claim_codes");
    awaitGone();
    assertThat(recorded(tenant)).isEqualTo(300);
  }

  @Test
  void usefulCodesStay() {
    Customer customer = Customer.pro(api);
    UUID tenant = UUID.fromString(customer.tenantId());
    customer.redeem(api, "box");
    String live =
        api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    Customer idle = Customer.essentials(api);
    Customer revoked = Customer.pro(api);
    api.service("/revoke", "stripe_sub_id", revoked.stripeSubId());
    api.service("/install-codes/reissue", "tenant_id", revoked.tenantId());
    sql.update(
        "UPDATE claim_codes SET created_at = created_at - interval '5 years',"
            + " superseded_at = superseded_at - interval '4 years'");
    plantCodes(tenant, 5);
    awaitGone();
    assertThat(codes(customer)).as("the code of the appliance, and the newest code").isEqualTo(2);
    assertThat(codes(idle)).isOne();
    assertThat(codes(revoked)).as("the code of the subscription, and the newest code").isEqualTo(2);
    assertThat(api.appliance("/register", "claim_code", live, "appliance_id", "box-2").status())
        .isEqualTo(200);
  }

  @Test
  void deletedCodeIsUnknownAndAllElseIsAsBefore() {
    Customer customer = Customer.essentials(api);
    String second =
        api.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("409 superseded_claim_code");
    sql.update(
        "UPDATE claim_codes SET superseded_at = now() - interval '401 days' WHERE tenant_id = ?"
            + " AND superseded_at IS NOT NULL",
        UUID.fromString(customer.tenantId()));
    awaitGone();
    assertThat(customer.redeem(api, "box").outcome()).isEqualTo("404 invalid_claim_code");
    assertThat(api.appliance("/register", "claim_code", second, "appliance_id", "box").status())
        .isEqualTo(200);
  }

  private static void plantCodes(UUID tenant, int count) {
    sql.update(
        """
        INSERT INTO claim_codes (id, tenant_id, code_hash, code_last4, expires_at, revoked_at,
                                 superseded_at, created_at)
        SELECT id, ?, sha256(uuid_send(id)), '7777', now() - interval '480 days', at, at,
               now() - interval '500 days'
        FROM (SELECT gen_random_uuid() AS id, now() - interval '401 days' AS at
              FROM generate_series(1, ?)) planted
        """,
        tenant,
        count);
  }

  private static void plantKeys(UUID tenant, int count) {
    sql.update(
        """
        INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id, created_at)
        SELECT 'planted-' || n, repeat('0', 64), ?, now() - interval '91 days'
        FROM generate_series(1, ?) n
        """,
        tenant,
        count);
  }

  private static void plantSessions(int count) {
    sql.update(
        """
        INSERT INTO operator_sessions (token_hash, operator, granted_by, seen_at)
        SELECT sha256(n::text::bytea), 'ann', sha256('x'), now() - interval '31 minutes'
        FROM generate_series(1, ?) n
        """,
        count);
  }

  private static void plantBuckets(int count) {
    sql.update(
        "INSERT INTO rate_buckets (id, expires_at) SELECT 'planted-' || n, n"
            + " FROM generate_series(1, ?) n",
        count);
  }

  private static void awaitGone() {
    String old =
        """
        SELECT (SELECT count(*) FROM claim_codes WHERE code_last4 = '7777')
             + (SELECT count(*) FROM claim_codes c
                WHERE superseded_at BETWEEN now() - interval '402 days'
                                        AND now() - interval '400 days')
             + (SELECT count(*) FROM idempotency_keys WHERE created_at < now() - interval '90 days')
             + (SELECT count(*) FROM operator_sessions WHERE seen_at < now() - interval '30 minutes')
             + (SELECT count(*) FROM rate_buckets WHERE id LIKE 'planted-%')
        """;
    Await.until(
        PATIENCE,
        () -> sql.one(Long.class, old) == 0,
        () -> "not deleted: " + sql.one(Long.class, old) + "\n" + nodes.get(0).console());
  }

  private static long oldCodes() {
    return sql.one(Long.class, "SELECT count(*) FROM claim_codes WHERE code_last4 = '7777'");
  }

  private static long codes(Customer customer) {
    return sql.one(
        Long.class,
        "SELECT count(*) FROM claim_codes WHERE tenant_id = ?",
        UUID.fromString(customer.tenantId()));
  }

  private static long recorded(UUID tenant) {
    return sql.one(
        Long.class,
        "SELECT count(*) FROM audit_log WHERE event = 'code_deleted' AND tenant_id = ?",
        tenant);
  }

  private static long counted(String metric, String label) {
    return nodes.stream().mapToLong(node -> counted(node, metric, label)).sum();
  }

  private static long counted(Node node, String metric, String label) {
    return node.metrics()
        .lines()
        .filter(line -> line.startsWith(metric + "{") && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf('}') + 1)))
        .sum();
  }
}
