package com.nineminds.alga.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guard of {@link AuditCoverageIT} refuses changes without a row in the audit log. */
class AuditGuardIT {

  private static final Api API = Stage.api();
  private static AuditGuard guard;

  @BeforeAll
  static void watch() {
    guard = AuditGuard.on(Stage.sql());
  }

  @AfterAll
  static void leave() {
    guard.close();
  }

  @Test
  void guardRefusesEveryUnrecordedChange() throws SQLException {
    Customer customer = Customer.pro(API);
    customer.redeem(API, "box");
    for (String change :
        new String[] {
          "UPDATE tenant_registry SET status = 'active'",
          "UPDATE entitlements SET seats = 1",
          "UPDATE claim_codes SET code_last4 = '2222'",
          "UPDATE appliances SET revoked_at = now()",
          "INSERT INTO audit_log (actor, event) VALUES ('service', 'x')"
        }) {
      String statement =
          change.startsWith("UPDATE")
              ? change + " WHERE tenant_id = '" + customer.tenantId() + "'"
              : change;
      assertThatThrownBy(() -> asTheService(statement)).hasMessageContaining("guard: ");
    }
    asTheService(
        "UPDATE appliances SET last_checkin_at = now() WHERE tenant_id = '"
            + customer.tenantId()
            + "'");
  }

  private static void asTheService(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                Stage.postgres().jdbcUrl(Stage.sql().database()),
                LocalPostgres.APP,
                Stage.postgres().appPassword());
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }
}
