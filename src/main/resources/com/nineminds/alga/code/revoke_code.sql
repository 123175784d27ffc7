-- Revokes one code of a tenant that nobody consumed, expired or not. Locks the code.
-- A result row: the code is revoked. No row: it was consumed or revoked meanwhile.
WITH code AS (
  UPDATE claim_codes SET revoked_at = now()
  WHERE id = :id AND tenant_id = :tenant_id AND consumed_at IS NULL AND revoked_at IS NULL
  RETURNING tenant_id, code_last4
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_revoked', tenant_id, '****' || code_last4, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM code
)
SELECT true AS revoked FROM code
