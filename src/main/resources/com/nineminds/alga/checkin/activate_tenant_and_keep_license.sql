-- Does what activate_tenant and keep_license do, in one transaction.
-- Locks the tenant, the entitlement, the appliance. The sub-select that counts the tenants forces the tenants
-- to be updated, and so locked, before the entitlements.
-- The one result row of each request says whether the license was stored ("held").
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:entitlement_id AS uuid[]), CAST(:credential_hash AS bytea[]),
    CAST(:token AS text[]), CAST(:token_exp AS timestamptz[]), CAST(:token_terms AS text[]),
    CAST(:actor AS text[]), CAST(:operator AS text[]), CAST(:operator_sub AS text[]),
    CAST(:request_id AS text[]), CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, entitlement_id, credential_hash, token, token_exp, token_terms, actor, operator,
    operator_sub, request_id, address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1, 2
), tenant AS (
  UPDATE tenant_registry SET status = 'active', updated_at = now()
  FROM asked
  WHERE tenant_registry.tenant_id = asked.tenant_id AND status = 'installed'
  RETURNING n
), entitled AS (
  SELECT asked.* FROM asked JOIN entitlements e ON e.id = asked.entitlement_id
  CROSS JOIN (SELECT count(*) FROM tenant) activated
  WHERE e.active
  FOR NO KEY UPDATE OF e
), allowed AS (
  SELECT entitled.* FROM entitled JOIN appliances a USING (credential_hash)
  WHERE a.revoked_at IS NULL AND is_open(entitled.tenant_id)
  FOR SHARE OF a
), license AS (
  UPDATE entitlements
  SET current_token = token, token_exp = allowed.token_exp,
      token_terms = allowed.token_terms, updated_at = now()
  FROM allowed
  WHERE entitlements.id = allowed.entitlement_id
  RETURNING entitlements.id, license_sub
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'tenant_activated', tenant_id, NULL, NULL,
         actor, operator, operator_sub, request_id, address
  FROM tenant JOIN asked USING (n)
  UNION ALL
  SELECT 'license_signed', tenant_id, license_sub, NULL,
         actor, operator, operator_sub, request_id, address
  FROM license JOIN allowed ON allowed.entitlement_id = license.id
)
SELECT n, allowed.n IS NOT NULL AS held FROM asked LEFT JOIN allowed USING (n)
