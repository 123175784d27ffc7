-- Reads the licenses that a check-in with an unknown credential named within 30 days. Leaves out a license whose
-- appliance has redeemed a code since. Locks nothing.
-- A result row is a license with its tenant, the latest 500; "n" counts all of them.
/* planned for its values */
SELECT n, license_sub AS name, t.tenant_id, t.company_name, at, false AS shared,
       false AS alternating
FROM (
  SELECT count(*) OVER () AS n, e.license_sub, e.tenant_id, asked.at
  FROM (
    SELECT subject, max(at) AS at FROM audit_log
    WHERE event = 'credential_refused' AND at > :month_ago GROUP BY subject) asked
  JOIN entitlements e ON e.license_sub = asked.subject
  WHERE e.active AND NOT EXISTS (
    SELECT FROM appliances a WHERE a.entitlement_id = e.id AND a.registered_at > asked.at)
  ORDER BY asked.at DESC LIMIT 500) r
LEFT JOIN tenant_registry t ON t.tenant_id = r.tenant_id
ORDER BY at DESC
