package com.nineminds.alga.directory;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.db.SqlCall;
import java.util.UUID;

/** Plants rows like those of the service, and rows of an age that a test cannot wait for. */
record PlantedRows(Database database) {

  /** A tenant that registered an hour ago and {@code seconds} seconds later. */
  UUID tenant(String company, int seconds) {
    return tenant(company, "it@it.test", seconds);
  }

  UUID tenant(String company, String email, int seconds) {
    return id(
        database
            .query(
                Sql.text(
                    """
                INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type,
                  company_name, contact_email, registered_at)
                VALUES (gen_random_uuid(), 'pro', 'psa', 'appliance', :company, :email,
                  now() - interval '1 hour' + :seconds * interval '1 second')
                RETURNING tenant_id AS id
                """))
            .with("company", company)
            .with("email", email)
            .with("seconds", seconds));
  }

  UUID entitlement(UUID tenant) {
    return id(
        database
            .query(
                Sql.text(
                    """
                INSERT INTO entitlements
                  (id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub)
                SELECT id, :tenant, 'sub_' || id, 'pro', 1, 'connected', 'lic_' || id
                FROM gen_random_uuid() AS id RETURNING id
                """))
            .with("tenant", tenant));
  }

  UUID code(UUID tenant, UUID entitlement, String last4, String expires, String gone) {
    return id(
        database
            .query(
                Sql.text(
                    """
                INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4,
                  expires_at, consumed_at, consumed_by, revoked_at, superseded_at)
                SELECT id, :tenant, :entitlement, sha256(uuid_send(id)), :last4,
                  now() + CAST(:expires AS interval),
                  CASE :gone WHEN 'consumed' THEN now() END,
                  CASE :gone WHEN 'consumed' THEN 'box' END,
                  CASE :gone WHEN 'superseded' THEN now() END,
                  CASE :gone WHEN 'superseded' THEN now() END
                FROM gen_random_uuid() AS id RETURNING id
                """))
            .with("tenant", tenant)
            .with("entitlement", entitlement)
            .with("last4", last4)
            .with("expires", expires)
            .with("gone", gone));
  }

  /** An appliance of the tenant. If {@code tenant} is null, it only belongs to the entitlement. */
  void appliance(String applianceId, UUID tenant, UUID entitlement) {
    database
        .query(
            Sql.text(
                """
            INSERT INTO appliances
              (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash)
            SELECT :appliance, :tenant, :entitlement, code, sha256(uuid_send(code))
            FROM CAST(:code AS uuid) AS code RETURNING 1
            """))
        .with("appliance", applianceId)
        .with("tenant", tenant)
        .with("entitlement", entitlement)
        .with("code", code(tenant, entitlement, "2222", "30 days", "consumed"))
        .run();
  }

  void change(String sql, Object value) {
    database.query(Sql.text(sql + " = :value RETURNING 1")).with("value", value).run();
  }

  private static UUID id(SqlCall insert) {
    return insert.row(row -> row.uuid("id")).orElseThrow();
  }
}
