-- Opens a suspended or cancelled tenant. It is installed if a code of it was ever redeemed, else registered.
-- Locks the tenant, and judges it under the lock: its standing must be the one that the operator's page showed.
-- A result row is the tenant's status before, and whether it was changed. No row: there is no such tenant.
WITH tenant AS (
  SELECT status,
         CASE WHEN status IN ('suspended', 'cancelled') THEN status ELSE 'open' END AS standing
  FROM tenant_registry WHERE tenant_id = :tenant_id
  FOR NO KEY UPDATE
), changed AS (
  UPDATE tenant_registry
  SET status = CASE WHEN installed_at IS NULL THEN 'registered' ELSE 'installed' END, updated_at = now()
  FROM tenant
  WHERE tenant_id = :tenant_id AND standing = :seen AND standing IN ('suspended', 'cancelled')
  RETURNING tenant_id
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'tenant_resumed', tenant_id, NULL, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM changed
)
SELECT status, EXISTS (SELECT FROM changed) AS changed FROM tenant
