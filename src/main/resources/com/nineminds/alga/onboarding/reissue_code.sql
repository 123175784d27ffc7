-- Mints a fresh code for an open tenant, as code/mint_code does. Locks the tenant, then its older codes.
-- The subscriptions of the tenant are looked up after its lock (entitlements_of sees what is committed then).
-- A result row is the tenant; expires_at is null when it is suspended or cancelled, and got no code.
-- No row: there is no such tenant. A unique index refuses the statement when another request minted a code
-- while this one waited for the lock.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:code_id AS uuid[]), CAST(:code_hash AS bytea[]),
    CAST(:code_last4 AS text[]), CAST(:code_ttl AS bigint[]), CAST(:actor AS text[]),
    CAST(:operator AS text[]), CAST(:operator_sub AS text[]), CAST(:request_id AS text[]),
    CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, code_id, code_hash, code_last4, code_ttl, actor, operator, operator_sub, request_id,
    address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
), tenant AS (
  SELECT n, tenant_id, edition, company_name, status
  FROM asked JOIN tenant_registry USING (tenant_id)
  FOR NO KEY UPDATE OF tenant_registry
), whose AS (
  SELECT n, tenant_id FROM tenant WHERE status NOT IN ('suspended', 'cancelled')
), bought AS (
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
SELECT n, edition, company_name, status, expires_at
FROM tenant JOIN asked USING (n) LEFT JOIN code ON code.id = asked.code_id
