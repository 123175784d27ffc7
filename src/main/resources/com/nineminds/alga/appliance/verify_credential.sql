-- Reads the live appliance that has a credential, with its tenant and its entitlement. Locks nothing.
-- No row: no live appliance has this credential.
SELECT a.appliance_id, coalesce(a.tenant_id, e.tenant_id) AS tenant_id, t.status,
       coalesce(t.edition, e.tier) AS edition, e.active
FROM appliances a
JOIN entitlements e ON e.id = a.entitlement_id
LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(a.tenant_id, e.tenant_id)
WHERE a.credential_hash = :credential_hash AND a.revoked_at IS NULL
