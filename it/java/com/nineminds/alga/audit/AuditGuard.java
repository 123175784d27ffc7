package com.nineminds.alga.audit;

import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.local.LocalPostgres;

/**
 * Makes the database itself require the audit log. A transaction of the app role may change a
 * tenant, an entitlement, a code or an appliance. It commits only if it also writes a row that
 * names the tenant. Each row must have the id of its request. A check-in needs no row if it changes
 * only its time and its address.
 */
record AuditGuard(Sql sql) implements AutoCloseable {

  private static final String[] TABLES = {
    "tenant_registry", "entitlements", "claim_codes", "appliances"
  };

  private static final String NOTE =
      """
      CREATE FUNCTION guard_note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF session_user = '%s' THEN
          IF NEW.actor <> 'upkeep' AND (NEW.request_id IS NULL OR NEW.address IS NULL) THEN
            RAISE EXCEPTION 'guard: %% without its request', NEW.event;
          END IF;
          PERFORM set_config('guard.tenants', concat(
            current_setting('guard.tenants', true), ' ', coalesce(NEW.tenant_id::text, '-')), true);
        END IF;
        RETURN NULL;
      END $$
      """;

  private static final String DEMAND =
      """
      CREATE FUNCTION guard_demand() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        routine CONSTANT text[] := ARRAY['last_checkin_at', 'credential_used_at', 'last_network',
                                         'other_network', 'other_network_at'];
        changed jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
        noted text := coalesce(current_setting('guard.tenants', true), '');
      BEGIN
        IF session_user <> '%s' THEN
          RETURN NULL;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'appliances'
           AND changed - routine = to_jsonb(OLD) - routine THEN
          RETURN NULL;
        END IF;
        IF noted = '' OR position(coalesce(changed ->> 'tenant_id', '') IN noted) = 0 THEN
          RAISE EXCEPTION 'guard: %% of %% without an audit row: %%', TG_OP, TG_TABLE_NAME, changed;
        END IF;
        RETURN NULL;
      END $$
      """;

  /** Watches the database until the guard is closed. */
  static AuditGuard on(Sql sql) {
    AuditGuard guard = new AuditGuard(sql);
    guard.close();
    sql.update(NOTE.formatted(LocalPostgres.APP));
    sql.update(DEMAND.formatted(LocalPostgres.APP));
    sql.update(
        "CREATE TRIGGER guard_note AFTER INSERT ON audit_log FOR EACH ROW"
            + " EXECUTE FUNCTION guard_note()");
    for (String table : TABLES) {
      sql.update(
          """
          CREATE CONSTRAINT TRIGGER guard_demand AFTER INSERT OR UPDATE OR DELETE ON %s
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_demand()
          """
              .formatted(table));
    }
    return guard;
  }

  @Override
  public void close() {
    sql.update("DROP FUNCTION IF EXISTS guard_note, guard_demand CASCADE");
  }
}
