package com.nineminds.alga.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nineminds.alga.harness.Stage;
import com.nineminds.alga.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The role that serves requests may read and write rows. It may do nothing else. */
class AppRoleIT {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @ParameterizedTest
  @CsvSource({
    "tenant_registry, tenant_id",
    "entitlements, id",
    "claim_codes, id",
    "appliances, appliance_id",
    "idempotency_keys, idempotency_key",
    "operator_sessions, token_hash",
    "rate_buckets, id"
  })
  void roleReadsAndWritesRows(String table, String column) {
    assertAllowed("SELECT %s FROM %s WHERE false".formatted(column, table));
    assertAllowed(
        "INSERT INTO %2$s (%1$s) SELECT %1$s FROM %2$s WHERE false".formatted(column, table));
    assertAllowed("UPDATE %2$s SET %1$s = %1$s WHERE false".formatted(column, table));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claim_codes", "idempotency_keys", "operator_sessions", "rate_buckets"})
  void roleDeletesRowsOfTemporaryData(String table) {
    assertAllowed("DELETE FROM %s WHERE false".formatted(table));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant_registry", "entitlements", "appliances"})
  void roleDeletesNoRowsOfPermanentData(String table) {
    assertDenied("DELETE FROM %s WHERE false".formatted(table));
  }

  @Test
  void auditLogIsAppendOnly() {
    assertAllowed("SELECT * FROM audit_log WHERE false");
    assertAllowed(
        "INSERT INTO audit_log (event, actor) SELECT event, actor FROM audit_log WHERE false");
    assertDenied("UPDATE audit_log SET event = 'x' WHERE false");
    assertDenied("DELETE FROM audit_log WHERE false");
    assertDenied("TRUNCATE audit_log");
    assertDenied("MERGE INTO audit_log USING (SELECT 1) x ON false WHEN MATCHED THEN DELETE");
    assertDenied("SELECT * FROM audit_log WHERE false FOR UPDATE");
    assertDenied("SET session_replication_role = replica");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant_registry",
        "entitlements",
        "claim_codes",
        "appliances",
        "audit_log",
        "idempotency_keys",
        "operator_sessions",
        "rate_buckets"
      })
  void roleChangesNoTable(String table) {
    assertDenied("TRUNCATE " + table + " CASCADE");
    assertDenied("DROP TABLE " + table + " CASCADE");
    assertDenied("ALTER TABLE " + table + " ADD COLUMN x text");
    assertDenied("ALTER TABLE " + table + " DISABLE TRIGGER ALL");
    assertDenied("CREATE INDEX ON " + table + " ((1))");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claim_code_keys", "flyway_schema_history"})
  void roleUsesNoTableOfTheStart(String table) {
    assertDenied("SELECT * FROM " + table);
    assertDenied("DELETE FROM " + table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE x (a text)",
        "CREATE TEMPORARY TABLE x (a text)",
        "CREATE SCHEMA x",
        "CREATE VIEW x AS SELECT 1",
        "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE x",
        "CREATE DATABASE x",
        "SET ROLE alga_admin",
        "COPY tenant_registry TO PROGRAM 'true'"
      })
  void roleMayDoNothingElse(String statement) {
    assertDenied(statement);
  }

  private static void assertAllowed(String statement) {
    assertThatCode(() -> run(statement)).as(statement).doesNotThrowAnyException();
  }

  private static void assertDenied(String statement) {
    assertThat(stateAfter(statement)).as(statement).isEqualTo(INSUFFICIENT_PRIVILEGE);
  }

  private static String stateAfter(String statement) {
    try {
      run(statement);
      return "allowed";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static void run(String statement) throws SQLException {
    String url = Stage.postgres().jdbcUrl(Stage.sql().database());
    try (Connection connection =
            DriverManager.getConnection(url, LocalPostgres.APP, Stage.postgres().appPassword());
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }
}
