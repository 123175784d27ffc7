-- Reads a code with everything that decides a redeem. Locks nothing.
-- A result row is a code, found under its present or its previous key. No row: there is no such code.
-- "whose" is the tenant of the code, else the tenant of its subscription, else the tenant that the request names.
-- The end of a subscription supersedes its consumed codes without a tenant. Such a code stays "repeatable", so that
-- the appliance is told about the subscription.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:code_hash AS bytea[]), CAST(:previous_hash AS bytea[]), CAST(:retry_window AS bigint[]),
    CAST(:tenant_id AS uuid[])
  ) WITH ORDINALITY AS asked (
    code_hash, previous_hash, retry_window, tenant_id, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
)
SELECT n, c.id, c.expires_at, c.expires_at <= now() AS expired, c.consumed_at, c.consumed_by,
       c.consumed_tenant_id, c.revoked_at, c.superseded_at,
       (c.superseded_at IS NULL OR (c.tenant_id IS NULL AND NOT e.active))
         AND c.consumed_at + make_interval(secs => retry_window) > now() AS repeatable,
       EXISTS (SELECT FROM tenant_registry known WHERE known.tenant_id = asked.tenant_id)
         AS names_known_tenant,
       whose.tenant_id, t.status, t.company_name, t.contact_email,
       e.id AS entitlement_id, e.tier, e.seats, e.transport, e.active, e.license_sub, e.customer,
       e.tenant_id IS NOT NULL OR NOT EXISTS (
         SELECT FROM entitlements other
         WHERE other.tenant_id = whose.tenant_id AND other.active) AS bindable,
       a.id IS NOT NULL AND a.credential_used_at IS NULL AND a.revoked_at IS NULL
         AS credential_unused,
       CAST(ceil(extract(epoch FROM c.repeats_until - now())) AS bigint) AS repeats_for
FROM asked
JOIN claim_codes c ON c.code_hash = ANY (ARRAY[asked.code_hash, previous_hash])
LEFT JOIN entitlements e ON e.id = c.entitlement_id
CROSS JOIN LATERAL (
  SELECT coalesce(c.tenant_id, e.tenant_id,
                  CASE WHEN c.consumed_at IS NULL THEN asked.tenant_id END)
) whose (tenant_id)
LEFT JOIN tenant_registry t ON t.tenant_id = whose.tenant_id
LEFT JOIN appliances a ON a.claim_code_id = c.id
