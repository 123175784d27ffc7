-- Reads the live codes that expire within the next three days, the first 500. Locks nothing.
-- A result row is a code with its tenant; "n" counts all of them.
/* planned for its values */
SELECT n, code_last4, t.tenant_id, t.company_name, c.expires_at AS at,
       false AS shared, false AS alternating
FROM (
  SELECT count(*) OVER () AS n, code_last4, tenant_id, entitlement_id, expires_at
  FROM claim_codes
  WHERE expires_at > :taken AND expires_at <= :in_three_days
    AND consumed_at IS NULL AND revoked_at IS NULL
  ORDER BY expires_at LIMIT 500) c
LEFT JOIN entitlements e ON e.id = c.entitlement_id
LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(c.tenant_id, e.tenant_id)
ORDER BY c.expires_at
