package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Stage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every look-up of the service can use an index. */
class IndexIT {

  private static final String ID = "'0f8fad5b-d9cb-469f-a165-70867728950e'::uuid";

  /**
   * Other tests leave rows in the tables, so the planner may find it cheaper to sort a few rows.
   * With this setting the planner sorts only where no index has the order.
   */
  private static final String IN_ORDER = "SET enable_bitmapscan = off; SET enable_sort = off";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "claim_codes_code_hash_key ; SELECT * FROM claim_codes WHERE code_hash IN ('\\x00', '\\x01')",
        "claim_codes_(one_newest_per_)?tenant"
            + " ; SELECT * FROM claim_codes WHERE tenant_id = ID AND superseded_at IS NULL",
        "claim_codes_entitlement ; SELECT * FROM claim_codes WHERE entitlement_id = ID",
        "claim_codes_tenant"
            + " ; SELECT * FROM claim_codes WHERE tenant_id = ID ORDER BY created_at DESC LIMIT 100",
        "appliances_credential_hash_key"
            + " ; SELECT * FROM appliances WHERE credential_hash = '\\x00' AND revoked_at IS NULL",
        "appliances_claim_code_id_key ; SELECT * FROM appliances WHERE claim_code_id = ID",
        "appliances_scope ; SELECT * FROM appliances WHERE scope_id = ID",
        "appliances_appliance_id_scope_id_key ; SELECT * FROM appliances WHERE appliance_id = 'x'",
        "tenant_registry_email"
            + " ; SELECT * FROM tenant_registry WHERE lower(contact_email) = lower('It@x.test')",
        "tenant_registry_search"
            + " ; SELECT * FROM tenant_registry WHERE lower(company_name) LIKE '%acme%'"
            + " OR lower(contact_email) LIKE '%acme%'",
        "tenant_registry_search ; SELECT * FROM tenant_registry"
            + " WHERE lower(company_name) LIKE (SELECT '%acme%')"
            + " OR lower(contact_email) LIKE (SELECT '%acme%') OR tenant_id = ANY (ARRAY[ID])",
        "tenant_registry_company ; SELECT * FROM tenant_registry"
            + " WHERE lower(company_name) COLLATE \"C\" >= (SELECT 'ac')"
            + " AND lower(company_name) COLLATE \"C\" < (SELECT 'ac~')",
        "entitlements_stripe_sub_id_key ; SELECT * FROM entitlements WHERE stripe_sub_id = 'x'",
        "entitlements_(one_active_per_)?tenant"
            + " ; SELECT * FROM entitlements WHERE tenant_id = ID AND active",
        "entitlements_license_sub_key ; SELECT * FROM entitlements WHERE license_sub = 'x'",
        "idempotency_keys_pkey ; SELECT * FROM idempotency_keys WHERE idempotency_key = 'x'",
        "claim_codes_last4 ; SELECT * FROM claim_codes WHERE code_last4 = '2345'",
        "claim_codes_expiry"
            + " ; SELECT * FROM claim_codes WHERE expires_at BETWEEN now() AND now() + '7 days'",
        "appliances_appliance_id_scope_id_key[\\s\\S]*Index Cond:.* >= 'box-'.* < 'box.'"
            + " ; SELECT * FROM appliances WHERE appliance_id LIKE 'box-%'",
        "idempotency_keys_age"
            + " ; SELECT * FROM idempotency_keys WHERE created_at < now() - interval '90 days' LIMIT 9",
        "claim_codes_replaced"
            + " ; SELECT * FROM claim_codes WHERE superseded_at < now() - interval '9 days' LIMIT 9",
        "audit_log_at ; SELECT * FROM audit_log WHERE at > now() - interval '30 days'",
        "operator_sessions_pkey ; SELECT * FROM operator_sessions WHERE token_hash = '\\x00'",
        "operator_sessions_seen ; DELETE FROM operator_sessions WHERE seen_at < now() - '1 h'::interval",
        "rate_buckets_expiry ; DELETE FROM rate_buckets WHERE expires_at < 1"
      })
  void lookUpUsesItsIndex(String index, String query) throws SQLException {
    assertThat(plan("SELECT", query)).containsPattern(index).doesNotContain("Seq Scan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "edition = 'pro' AND ",
        "status = 'active' AND ",
        "shut_out = 'cancelled' AND ",
        "product_code = 'algadesk' AND ",
        "deployment_type = 'hosted' AND "
      })
  void pageIsReadInTheOrderOfAnIndex(String filter) throws SQLException {
    assertThat(
            plan(
                IN_ORDER,
                "SELECT * FROM tenant_registry WHERE "
                    + filter
                    + "(registered_at, tenant_id) < (now(), ID)"
                    + " ORDER BY registered_at DESC, tenant_id DESC LIMIT 51"))
        .contains("Index Scan", "Index Cond", "registered_at")
        .doesNotContain("Seq Scan", "Sort");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tenant_registry_company"
            + " ; SELECT * FROM tenant_registry"
            + " WHERE (lower(company_name) COLLATE \"C\", tenant_id) > ('acme', ID)"
            + " ORDER BY lower(company_name) COLLATE \"C\", tenant_id LIMIT 51",
        "audit_log_tenant"
            + " ; SELECT * FROM audit_log WHERE tenant_id = ID AND id < 9 ORDER BY id DESC LIMIT 50",
        "audit_log_event ; SELECT * FROM audit_log"
            + " WHERE event >= 'code_minted' AND (event, id) < ('code_minted', 9)"
            + " ORDER BY event DESC, id DESC LIMIT 50",
        "audit_log_pkey" + " ; SELECT * FROM audit_log WHERE id < 9 ORDER BY id DESC LIMIT 50"
      })
  void pageOfTheConsoleIsReadInTheOrderOfItsIndex(String index, String query) throws SQLException {
    assertThat(plan(IN_ORDER, query))
        .contains("Index Scan", index, "Index Cond")
        .doesNotContain("Seq Scan", "Sort");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "registered_at ; '' ; <",
        "registered_at ; '' ; >",
        "lower(company_name) COLLATE \"C\" ; '' ; <",
        "lower(company_name) COLLATE \"C\" ; '' ; >",
        "registered_at ; shut_out = 'suspended' AND ; >",
        "lower(company_name) COLLATE \"C\" ; shut_out = 'suspended' AND ; >",
        "lower(company_name) COLLATE \"C\" ; lower(company_name) COLLATE \"C\" >= 'ac' AND ; >"
      })
  void pageBesideATenantIsReadInTheOrderOfAnIndex(String key, String filter, String side)
      throws SQLException {
    String direction = side.equals("<") ? " DESC" : "";
    assertThat(
            plan(
                IN_ORDER,
                ("SELECT * FROM tenant_registry WHERE %2$s (%1$s, tenant_id) %3$s"
                        + " ((SELECT %1$s FROM tenant_registry WHERE tenant_id = ID), ID)"
                        + " ORDER BY %1$s%4$s, tenant_id%4$s LIMIT 51")
                    .formatted(key, filter, side, direction)))
        .contains("Index Scan", "Index Cond: (", "ROW(")
        .doesNotContain("Seq Scan", "Sort");
  }

  /** In a table of a few rows the index of all events is as good. This test therefore drops it. */
  @Test
  void refusedCredentialIsFoundByItsOwnIndex() throws SQLException {
    assertThat(
            plan(
                "BEGIN; DROP INDEX audit_log_event",
                "SELECT * FROM audit_log WHERE event = 'credential_refused' AND subject = 'x'"
                    + " AND CAST(at AT TIME ZONE 'UTC' AS date)"
                    + " = CAST(now() AT TIME ZONE 'UTC' AS date)"))
        .contains("audit_log_credential_refused")
        .doesNotContain("Seq Scan");
  }

  private static String plan(String setting, String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = Stage.postgres().superuserConnection(Stage.sql().database());
        Statement statement = connection.createStatement()) {
      // PostgreSQL reads tables as small as in a test from end to end, with or without an index
      statement.execute("SET enable_seqscan = off");
      statement.execute(setting);
      try (ResultSet lines = statement.executeQuery("EXPLAIN " + query.replace("ID", ID))) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }
}
