-- Records a credential that no live appliance has. Locks nothing.
-- The request proves no identity. So it writes at most one audit row a day for a license, and only if that exists.
-- The one result row says whether a revoked appliance has this credential ("known").
WITH known AS (
  SELECT FROM appliances WHERE credential_hash = :credential_hash
), refused AS (
  SELECT tenant_id, license_sub FROM entitlements e
  WHERE license_sub = :license_sub AND active AND NOT EXISTS (SELECT FROM known)
    AND NOT EXISTS (
      SELECT FROM audit_log
      WHERE event = 'credential_refused' AND subject = e.license_sub
        AND CAST(at AT TIME ZONE 'UTC' AS date) = CAST(now() AT TIME ZONE 'UTC' AS date))
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'credential_refused', tenant_id, license_sub, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM refused
  ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM known) AS known
