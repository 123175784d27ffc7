-- Deletes codes that were superseded "age" seconds ago or earlier, at most :most. Locks these codes.
-- It keeps the newest code of each tenant and of each subscription. These show whether it ever had a code.
-- It also keeps the code that brought an appliance its credential.
-- The one result row counts the deleted codes.
WITH old AS (
  SELECT id FROM claim_codes c
  WHERE superseded_at < now() - make_interval(secs => :age)
    AND NOT EXISTS (SELECT FROM appliances a WHERE a.claim_code_id = c.id)
    AND (entitlement_id IS NULL OR EXISTS (
      SELECT FROM claim_codes newer
      WHERE newer.entitlement_id = c.entitlement_id AND newer.created_at > c.created_at))
  ORDER BY superseded_at LIMIT :most
), code AS (
  DELETE FROM claim_codes USING old WHERE claim_codes.id = old.id
  RETURNING tenant_id, code_last4
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_deleted', tenant_id, '****' || code_last4, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM code
)
SELECT count(*) AS n FROM code
