package com.nineminds.alga.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes planted customers into a database that has the schema. It names the columns of each table.
 */
final class Loader {

  private static final int BUFFER = 256 * 1024;

  /** As long as a license, but without a signature. The first check-in replaces it. */
  private static final String TOKEN = "planted.".repeat(55);

  private static final String INDEXES =
      """
      SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
      """;

  private final Planted planted;
  private final Connection superuser;
  private final StringBuilder rows = new StringBuilder(BUFFER + 4_096);
  private CopyIn copy;

  Loader(Planted planted, Connection superuser) {
    this.planted = planted;
    this.superuser = superuser;
  }

  /** Loads all customers in one transaction. */
  void load() throws SQLException {
    superuser.setAutoCommit(false);
    // the planted rows refer to one another correctly, so PostgreSQL need not check each of them
    execute("SET LOCAL session_replication_role = replica");
    execute("SET LOCAL maintenance_work_mem = '512MB'");
    List<String> indexes = dropIndexes();
    tenants();
    entitlements();
    codes();
    appliances();
    auditLog();
    for (String index : indexes) {
      execute(index);
    }
    superuser.commit();
    superuser.setAutoCommit(true);
    execute("VACUUM (ANALYZE)");
  }

  /** Drops the indexes that no constraint needs. Building an index is faster than growing it. */
  private List<String> dropIndexes() throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> definitions = new ArrayList<>();
    try (Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(INDEXES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
        definitions.add(rows.getString(2));
      }
    }
    for (String name : names) {
      execute("DROP INDEX " + name);
    }
    return definitions;
  }

  private void tenants() throws SQLException {
    begin(
        "tenant_registry (tenant_id, edition, product_code, deployment_type, status, company_name,"
            + " contact_email, registered_at, installed_at, created_at, updated_at)");
    for (int i = 0; i < planted.tenants(); i++) {
      Instant registered = planted.registered(i);
      row(
          planted.tenant(i),
          planted.edition(i),
          planted.chance(i, 50) == 0 ? "algadesk" : "psa",
          planted.chance(i, 40) == 0 ? "hosted" : "appliance",
          planted.status(i),
          planted.company(i),
          planted.email(i),
          registered,
          planted.isConsumed(i) ? planted.installed(i) : null,
          registered,
          registered);
    }
    end();
  }

  private void entitlements() throws SQLException {
    begin(
        "entitlements (id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub,"
            + " current_token, token_exp, token_terms, created_at, updated_at)");
    for (int i = 0; i < planted.tenants(); i++) {
      if (planted.isPaid(i)) {
        boolean isHeld = planted.hasMachine(i);
        row(
            planted.entitlement(i),
            planted.tenant(i),
            planted.subscription(i),
            planted.edition(i),
            planted.chance(i, 3) == 0 ? null : 5 + planted.chance(i, 200),
            planted.chance(i, 30) == 0 ? "airgap" : "connected",
            "lic_" + planted.entitlement(i),
            isHeld ? TOKEN : null,
            isHeld ? planted.now() : null,
            isHeld ? "planted" : null,
            planted.registered(i),
            planted.registered(i));
      }
    }
    end();
  }

  private void codes() throws SQLException {
    begin(
        "claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at,"
            + " consumed_at, consumed_by, created_at)");
    for (int i = 0; i < planted.tenants(); i++) {
      boolean isConsumed = planted.isConsumed(i);
      row(
          planted.codeId(i),
          planted.tenant(i),
          planted.isPaid(i) ? planted.entitlement(i) : null,
          planted.codeHash(i),
          planted.code(i).last4(),
          planted.expires(i),
          isConsumed ? planted.installed(i) : null,
          isConsumed ? planted.applianceId(i) : null,
          planted.registered(i));
    }
    end();
  }

  private void appliances() throws SQLException {
    begin(
        "appliances (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash,"
            + " credential_used_at, last_checkin_at, last_network, registered_at)");
    for (int i = 0; i < planted.tenants(); i++) {
      if (planted.hasMachine(i)) {
        row(
            planted.applianceId(i),
            planted.tenant(i),
            planted.entitlement(i),
            planted.codeId(i),
            planted.credentialHash(i),
            planted.installed(i),
            planted.checkedIn(i),
            "127.0.0.1",
            planted.installed(i));
      }
    }
    end();
  }

  private void auditLog() throws SQLException {
    begin("audit_log (at, actor, event, tenant_id, subject, detail, request_id, address)");
    for (int i = 0; i < planted.tenants(); i++) {
      String code = "****" + planted.code(i).last4();
      event(i, planted.registered(i), "service", "tenant_registered", null, null);
      if (planted.isPaid(i)) {
        event(
            i,
            planted.registered(i),
            "service",
            "entitlement_changed",
            planted.subscription(i),
            null);
      }
      event(i, planted.registered(i), "service", "code_minted", code, null);
      if (planted.isConsumed(i)) {
        event(i, planted.installed(i), "appliance", "code_redeemed", planted.applianceId(i), code);
      }
    }
    // each machine had its license signed once in the last 30 days; a log is in the order of time
    long month = 30L * 86_400;
    for (int i = 0; i < planted.tenants(); i++) {
      if (planted.hasMachine(i)) {
        Instant at = planted.now().minusSeconds(month - month * i / planted.tenants());
        event(i, at, "appliance", "license_signed", "lic_" + planted.entitlement(i), null);
      }
    }
    end();
  }

  private void event(int i, Instant at, String actor, String event, String subject, String detail)
      throws SQLException {
    row(at, actor, event, planted.tenant(i), subject, detail, "planted-" + i, "127.0.0.1");
  }

  private void begin(String tableAndColumns) throws SQLException {
    copy =
        superuser
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + tableAndColumns + " FROM STDIN");
  }

  /** Only a byte array has a character that COPY needs escaped. */
  private void row(Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      rows.append(i == 0 ? "" : "\t");
      if (values[i] == null) {
        rows.append("\\N");
      } else if (values[i] instanceof byte[] bytes) {
        rows.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      } else {
        rows.append(values[i]);
      }
    }
    rows.append('\n');
    if (rows.length() > BUFFER) {
      flush();
    }
  }

  private void flush() throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }

  private void end() throws SQLException {
    flush();
    copy.endCopy();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
