-- Consumes a code of the free edition and makes its tenant installed.
-- Locks the tenant, then the code. Judges the tenant and the code under these locks.
-- A result row: the code is consumed.
-- No row: nothing was written for this request, because the code was consumed, revoked or expired meanwhile, or
-- the tenant was suspended or cancelled.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:code_id AS uuid[]), CAST(:appliance_id AS text[]),
    CAST(:named_tenant_id AS uuid[]),
    CAST(:actor AS text[]), CAST(:operator AS text[]), CAST(:operator_sub AS text[]),
    CAST(:request_id AS text[]), CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, code_id, appliance_id, named_tenant_id, actor, operator, operator_sub, request_id, address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
), tenant AS (
  SELECT n, status FROM asked JOIN tenant_registry USING (tenant_id)
  FOR NO KEY UPDATE OF tenant_registry
), open AS (
  SELECT * FROM asked
  WHERE n NOT IN (SELECT n FROM tenant WHERE status IN ('suspended', 'cancelled'))
), code AS (
  UPDATE claim_codes SET consumed_at = now(), consumed_by = open.appliance_id,
      consumed_tenant_id = open.named_tenant_id
  FROM open
  WHERE claim_codes.id = open.code_id AND consumed_at IS NULL AND revoked_at IS NULL
    AND expires_at > now()
  RETURNING claim_codes.id, code_last4, open.*
), installed AS (
  UPDATE tenant_registry SET status = 'installed', installed_at = now(), updated_at = now()
  FROM code
  WHERE tenant_registry.tenant_id = code.tenant_id
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_redeemed', tenant_id, appliance_id, '****' || code_last4,
         actor, operator, operator_sub, request_id, address
  FROM code
)
SELECT n, false AS shared FROM code
