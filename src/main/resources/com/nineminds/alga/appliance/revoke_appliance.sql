-- Revokes an appliance: its credential is refused from now on. Locks the appliance.
-- The one result row counts the appliances that were revoked: 1, or 0 when it was revoked before.
WITH appliance AS (
  UPDATE appliances SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL
  RETURNING tenant_id, appliance_id
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'appliance_revoked', tenant_id, appliance_id, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM appliance
)
SELECT count(*) AS n FROM appliance
