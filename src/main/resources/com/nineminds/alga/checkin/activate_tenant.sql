-- Makes an installed tenant active at its first check-in. Locks the tenant.
-- A result row: this check-in activated the tenant. No row: the tenant no longer had the status installed.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:actor AS text[]), CAST(:operator AS text[]),
    CAST(:operator_sub AS text[]), CAST(:request_id AS text[]), CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, actor, operator, operator_sub, request_id, address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
), tenant AS (
  UPDATE tenant_registry SET status = 'active', updated_at = now()
  FROM asked
  WHERE tenant_registry.tenant_id = asked.tenant_id AND status = 'installed'
  RETURNING n
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'tenant_activated', tenant_id, NULL, NULL,
         actor, operator, operator_sub, request_id, address
  FROM tenant JOIN asked USING (n)
)
SELECT n FROM tenant
