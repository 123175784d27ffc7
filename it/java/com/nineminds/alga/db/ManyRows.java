package com.nineminds.alga.db;

import com.nineminds.alga.harness.Sql;

/**
 * Plants so many rows in every table that PostgreSQL plans as for a service in use. In a table of a
 * few pages, one index is as good as another.
 */
final class ManyRows {

  private static final int TENANTS = 20_000;

  private ManyRows() {}

  /**
   * Half of the tenants are paid, and half of the paid tenants have an appliance. Only {@code
   * ANALYZE} gathers statistics of the rows, because autovacuum is off.
   */
  static void plant(Sql sql) {
    for (String table :
        sql.all(String.class, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      sql.update("ALTER TABLE " + table + " SET (autovacuum_enabled = off)");
    }
    sql.update(
        """
        INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type, status,
                                     company_name, contact_email, registered_at)
        SELECT md5('tenant' || n)::uuid, CASE n % 2 WHEN 0 THEN 'pro' ELSE 'essentials' END,
               CASE n % 50 WHEN 0 THEN 'algadesk' ELSE 'psa' END,
               CASE n % 40 WHEN 0 THEN 'hosted' ELSE 'appliance' END,
               CASE WHEN n % 200 = 7 THEN 'suspended' WHEN n % 5 = 0 THEN 'active'
                    WHEN n % 5 = 1 THEN 'installed' ELSE 'registered' END,
               md5(n::text), md5('mail' || n) || '@planted.test', now() - n * interval '30 minutes'
        FROM generate_series(1, ?) n
        """,
        TENANTS);
    sql.update(
        """
        INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, transport, license_sub)
        SELECT md5('entitlement' || n)::uuid, md5('tenant' || n)::uuid, 'sub_planted_' || n, 'pro',
               'connected', 'lic_planted_' || n
        FROM generate_series(2, ?, 2) n
        """,
        TENANTS);
    sql.update(
        """
        INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at,
                                 created_at, consumed_at, consumed_by)
        SELECT md5('code' || n)::uuid, md5('tenant' || n)::uuid, e.id, sha256(n::text::bytea),
               upper(translate(right(md5(n::text), 4), '01', 'xy')),
               t.registered_at + interval '30 days', t.registered_at,
               CASE n % 4 WHEN 0 THEN t.registered_at END, CASE n % 4 WHEN 0 THEN 'box-' || n END
        FROM generate_series(1, ?) n
        JOIN tenant_registry t ON t.tenant_id = md5('tenant' || n)::uuid
        LEFT JOIN entitlements e ON e.tenant_id = t.tenant_id
        """,
        TENANTS);
    sql.update(
        """
        INSERT INTO appliances (appliance_id, tenant_id, entitlement_id, claim_code_id,
                                credential_hash, registered_at, last_checkin_at)
        SELECT consumed_by, tenant_id, entitlement_id, id, code_hash, consumed_at,
               now() - random() * interval '20 days'
        FROM claim_codes WHERE consumed_by IS NOT NULL
        """);
    sql.update(
        """
        INSERT INTO audit_log (actor, event, tenant_id, subject, at)
        SELECT 'service', event, tenant_id, tenant_id::text, registered_at
        FROM tenant_registry,
             unnest(ARRAY['tenant_registered', 'code_minted', 'code_redeemed']) event
        ORDER BY registered_at
        """);
    sql.update(
        """
        INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
        SELECT tenant_id::text, repeat('0', 64), tenant_id FROM tenant_registry
        """);
    sql.update(
        """
        INSERT INTO operator_sessions (token_hash, operator, granted_by)
        SELECT code_hash, 'ann', code_hash FROM claim_codes
        """);
    sql.update(
        """
        INSERT INTO rate_buckets (id, expires_at)
        SELECT id::text, extract(epoch FROM now()) * 1000 + 1000000000 FROM claim_codes
        """);
  }
}
