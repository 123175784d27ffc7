-- Records a check-in and reads what the license must say. Locks the appliance.
-- If the network changed, last_checkin_at stays as it is, because move_appliance has yet to copy it.
-- A result row is the appliance with its entitlement and tenant. No row: no live appliance has this credential.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:credential_hash AS bytea[]), CAST(:network AS text[])
  ) WITH ORDINALITY AS asked (
    credential_hash, network, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
), seen AS (
  UPDATE appliances
  SET last_checkin_at = CASE WHEN last_network <> network THEN last_checkin_at ELSE now() END,
      credential_used_at = coalesce(credential_used_at, now()),
      last_network = coalesce(last_network, network)
  FROM asked
  WHERE appliances.credential_hash = asked.credential_hash AND revoked_at IS NULL
  RETURNING n, tenant_id, entitlement_id, last_network <> network AS moved
)
SELECT n, coalesce(seen.tenant_id, e.tenant_id) AS tenant_id, t.status, t.company_name, e.id,
       e.customer, e.tier, e.seats, e.transport, e.active, e.license_sub, e.current_token,
       e.token_exp, e.token_terms, moved
FROM seen
JOIN entitlements e ON e.id = seen.entitlement_id
LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(seen.tenant_id, e.tenant_id)
