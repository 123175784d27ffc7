-- Reads the tenants that have a code with these last four characters. Locks nothing.
-- It looks at 200 codes at most. A result row is a tenant.
SELECT DISTINCT coalesce(found.tenant_id, e.tenant_id) AS tenant_id
FROM (
  SELECT tenant_id, entitlement_id FROM claim_codes WHERE code_last4 = :last4 LIMIT 200
) found
LEFT JOIN entitlements e ON e.id = found.entitlement_id
WHERE coalesce(found.tenant_id, e.tenant_id) IS NOT NULL
