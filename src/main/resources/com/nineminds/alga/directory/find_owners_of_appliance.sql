-- Reads the tenants that have an appliance whose appliance_id begins with :prefix. Locks nothing.
-- It looks at 200 appliances at most: nobody searches for a prefix that hundreds of appliances share.
-- A result row is a tenant.
SELECT DISTINCT coalesce(found.tenant_id, e.tenant_id) AS tenant_id
FROM (
  SELECT tenant_id, entitlement_id FROM appliances
  WHERE appliance_id >= :prefix AND appliance_id < :beyond
  ORDER BY appliance_id LIMIT 200
) found
LEFT JOIN entitlements e ON e.id = found.entitlement_id
WHERE coalesce(found.tenant_id, e.tenant_id) IS NOT NULL
