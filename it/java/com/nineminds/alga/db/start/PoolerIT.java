package com.nineminds.alga.db.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Pooler;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooler stands between the nodes and their database: PgBouncer in its default configuration. */
@Tag("faults") // needs PgBouncer
class PoolerIT {

  private static final Map<String, Pooler> POOLERS =
      Map.of("session", Pooler.start("session"), "transaction", Pooler.start("transaction"));

  private static final Map<String, Node> NODES = new HashMap<>();
  private static Sql sql;

  @BeforeAll
  static void start() {
    sql = new Sql(Stage.freshDatabase());
    POOLERS.forEach(
        (mode, pooler) ->
            NODES.put(
                mode,
                Node.launch("pooler-" + mode, pooler.before(Stage.settings(sql.database())))));
    NODES.values().forEach(Node::awaitReady);
  }

  @AfterAll
  static void stop() {
    NODES.values().forEach(Node::close);
    POOLERS.values().forEach(Pooler::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "transaction"})
  void everyRouteIsServedAgainAndAgainAndAtOnce(String mode) {
    Api api = new Api(NODES.get(mode).base());
    List<List<Answer>> answers = AtOnce.times(8, n -> lifeOfACustomer(api, mode + n));
    assertThat(answers)
        .flatExtracting(all -> all)
        .extracting(Answer::status)
        .containsOnly(200, 201);
  }

  /** More runs than the driver needs before it would name a statement. */
  private static List<Answer> lifeOfACustomer(Api api, String host) {
    List<Answer> answers = new ArrayList<>();
    for (int run = 0; run < 7; run++) {
      Customer customer = Customer.pro(api);
      Answer redeemed = customer.redeem(api, host);
      String credential = redeemed.text("appliance_credential");
      answers.add(redeemed);
      answers.add(api.appliance("/check-in", "appliance_credential", credential));
      answers.add(api.service("/verify-appliance", "credential", credential));
      answers.add(api.service("/install-codes/reissue", "tenant_id", customer.tenantId()));
      answers.add(api.service("/claim-codes", "stripe_sub_id", customer.stripeSubId()));
      answers.add(api.get("/tenants/" + customer.tenantId()));
      answers.add(api.get("/tenants?query=" + customer.email()));
      answers.add(api.service("/revoke", "stripe_sub_id", customer.stripeSubId()));
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "transaction"})
  void sessionsHaveTheirTimeLimits(String mode) throws SQLException {
    Api api = new Api(NODES.get(mode).base());
    Customer customer = Customer.pro(api);
    try (Connection connection = Stage.postgres().superuserConnection(sql.database());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE tenant_registry");
      Answer answer = api.service("/install-codes/reissue", "tenant_id", customer.tenantId());
      assertThat(answer.outcome()).isEqualTo("503 database_unavailable");
    }
  }
}
