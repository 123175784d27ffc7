-- Reads the appliances of other tenants that have the same appliance_id as an appliance of this tenant, at most 100.
-- Locks nothing. A result row is an appliance of another tenant. The columns of that tenant are null if the
-- registry does not know it.
SELECT other.appliance_id, t.tenant_id, t.company_name, other.registered_at,
       other.last_checkin_at
FROM appliances a
JOIN appliances other
  ON other.appliance_id = a.appliance_id AND other.scope_id <> a.scope_id
LEFT JOIN entitlements e ON e.id = other.entitlement_id
LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(other.tenant_id, e.tenant_id)
WHERE a.scope_id = :tenant_id
ORDER BY other.appliance_id, other.registered_at DESC LIMIT 100
