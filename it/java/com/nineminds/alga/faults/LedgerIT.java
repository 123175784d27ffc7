package com.nineminds.alga.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger passes a service that keeps its promises, and finds each broken promise. */
@Tag("faults")
class LedgerIT {

  private static final int ENOUGH = 200;

  private final Api api = Stage.api();
  private final Ledger ledger = new Ledger();

  @Test
  void keptPromisesPass() throws SQLException {
    live();
    check();
    assertThat(ledger.violations()).isEmpty();
    assertThat(ledger.figures().retried()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          appliances       | credential_hash = sha256('other')    | revoked_at IS NULL
          appliances       | revoked_at = now()                   | credential_used_at IS NOT NULL
          claim_codes      | revoked_at = now()                   | consumed_at IS NULL AND x.revoked_at IS NULL
          claim_codes      | consumed_at = now(), consumed_by = 1 | consumed_at IS NULL AND x.revoked_at IS NULL
          entitlements     | license_sub = 'other'                | current_token IS NOT NULL
          entitlements     | active = false                       | active
          idempotency_keys | idempotency_key = 'other'            | true
          tenant_registry  | contact_email = concat('x', contact_email) | true
          audit_log        | request_id = 'other'                 | event = 'code_redeemed' AND t.edition = 'essentials'
          """)
  void aBrokenPromiseIsFound(String table, String change, String where) {
    live();
    int changed =
        Stage.sql()
            .update(
                """
                UPDATE %1$s SET %2$s WHERE ctid = (
                  SELECT x.ctid FROM %1$s x JOIN tenant_registry t USING (tenant_id)
                  WHERE %3$s AND t.contact_email LIKE ? LIMIT 1)
                """
                    .formatted(table, change, where),
                ledger.name() + "-%");
    assertThat(changed).isOne();
    assertThatThrownBy(this::check).isInstanceOf(AssertionError.class);
  }

  private void live() {
    Drivers drivers = Drivers.start(ledger, () -> api, 4, 1);
    try {
      Await.until(
          Duration.ofMinutes(1),
          () -> ledger.figures().acknowledged() >= ENOUGH,
          () -> "slow: " + ledger.figures());
    } finally {
      drivers.stop();
    }
  }

  private void check() throws SQLException {
    try (Connection database = Stage.postgres().superuserConnection(Stage.sql().database())) {
      ledger.check(api, database);
    }
  }
}
