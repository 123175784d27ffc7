package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Node;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes start at the same moment on an empty database. */
class StartIT {

  private static Sql sql;
  private static Node one;
  private static Node two;

  @BeforeAll
  static void startTogether() {
    sql = new Sql(Stage.freshDatabase());
    Map<String, String> settings = Stage.settings(sql.database());
    one = Node.launch("start-1", settings);
    two = Node.launch("start-2", settings);
    one.awaitReady();
    two.awaitReady();
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
  }

  @Test
  void eachMigrationRanOnce() {
    assertThat(
            sql.all(
                String.class,
                "SELECT coalesce(version, description) FROM flyway_schema_history"
                    + " WHERE success ORDER BY installed_rank"))
        .doesNotHaveDuplicates()
        .contains("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(
            sql.all(Boolean.class, "SELECT success FROM flyway_schema_history WHERE NOT success"))
        .isEmpty();
  }

  @Test
  void codeKeyIsRememberedOnce() {
    assertThat(sql.one(Long.class, "SELECT count(*) FROM claim_code_keys")).isOne();
  }

  @Test
  void codeOfOneNodeRedeemsOnTheOther() {
    assertThat(Customer.pro(api(one)).redeem(api(two), "host").outcome()).isEqualTo("200");
    assertThat(Customer.essentials(api(two)).redeem(api(one), "host").outcome()).isEqualTo("200");
  }

  @Test
  void credentialOfOneNodeChecksInOnTheOther() {
    Customer customer = Customer.pro(api(one));
    String credential = customer.redeem(api(one), "host").text("appliance_credential");
    assertThat(api(two).appliance("/check-in", "appliance_credential", credential).text("status"))
        .isEqualTo("ok");
  }

  private static Api api(Node node) {
    return new Api(node.base());
  }
}
