-- Mints a code for a tenant with its active subscription, or for a subscription without a tenant.
-- The caller has locked the tenant or the subscription. Locks the older codes.
-- Every older code is superseded first (the sub-select that counts them forces this order), and revoked if it
-- was not consumed. LIMIT 1 makes the planner look up the newest code of each tenant by its index.
-- The one result row is the code.
WITH asked AS (
  SELECT 1 AS n, CAST(:tenant_id AS uuid) AS tenant_id,
         CAST(:entitlement_id AS uuid) AS entitlement_id, CAST(:code_id AS uuid) AS code_id,
         CAST(:code_hash AS bytea) AS code_hash, CAST(:code_last4 AS text) AS code_last4,
         CAST(:code_ttl AS bigint) AS code_ttl, CAST(:actor AS text) AS actor,
         CAST(:operator AS text) AS operator, CAST(:operator_sub AS text) AS operator_sub,
         CAST(:request_id AS text) AS request_id, CAST(:address AS text) AS address
), whose AS (
  SELECT n, tenant_id, entitlement_id FROM asked
), bought AS (
  SELECT n, entitlement_id AS id, true AS active FROM whose WHERE entitlement_id IS NOT NULL
  UNION ALL
  SELECT n, e.id, e.active FROM whose CROSS JOIN LATERAL entitlements_of(whose.tenant_id) e
), newest AS (
  SELECT c.id FROM whose CROSS JOIN LATERAL (
    SELECT id FROM claim_codes
    WHERE tenant_id = whose.tenant_id AND superseded_at IS NULL
    LIMIT 1) c
  UNION ALL
  SELECT c.id FROM bought CROSS JOIN LATERAL (
    SELECT id FROM claim_codes
    WHERE entitlement_id = bought.id AND tenant_id IS NULL AND superseded_at IS NULL
    LIMIT 1) c
), older AS (
  UPDATE claim_codes
  SET superseded_at = now(),
      revoked_at = CASE WHEN consumed_at IS NULL THEN coalesce(revoked_at, now()) END
  FROM newest
  WHERE claim_codes.id = newest.id AND superseded_at IS NULL
  RETURNING claim_codes.id
), code AS (
  INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at)
  SELECT code_id, whose.tenant_id, paid.id, code_hash, code_last4,
         now() + make_interval(secs => code_ttl)
  FROM (SELECT count(*) FROM older) superseded,
       whose JOIN asked USING (n)
       LEFT JOIN (SELECT n, id FROM bought WHERE active) paid USING (n)
  RETURNING id, tenant_id, code_last4, expires_at
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_minted', code.tenant_id, '****' || code.code_last4, NULL,
         actor, operator, operator_sub, request_id, address
  FROM code JOIN asked ON asked.code_id = code.id
)
SELECT expires_at FROM code
