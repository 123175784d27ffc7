-- Revokes the codes of a revoked entitlement that nobody consumed. Locks these codes.
-- A result row is a code that was revoked.
WITH code AS (
  UPDATE claim_codes SET revoked_at = now()
  WHERE entitlement_id = :entitlement_id AND consumed_at IS NULL AND revoked_at IS NULL
  RETURNING tenant_id, code_last4
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_revoked', tenant_id, '****' || code_last4, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM code
)
SELECT true AS revoked FROM code
