-- Reads the 500 appliances with the latest check-ins, and the 500 that became silent last. Reads all appliances.
-- Locks nothing. A result row is an appliance with its tenant; "what" says which of the two lists it is on.
/* planned for its values */
SELECT what, appliance_id AS name, t.tenant_id, t.company_name, at,
       alternated_at > :week_ago AS alternating,
       EXISTS (SELECT FROM appliances other
               WHERE other.appliance_id = a.appliance_id AND other.scope_id <> a.scope_id)
         AS shared
FROM (
  (SELECT 'checkin' AS what, appliance_id, scope_id, tenant_id, entitlement_id, alternated_at,
          last_checkin_at AS at
   FROM appliances WHERE last_checkin_at IS NOT NULL ORDER BY at DESC LIMIT 500)
  UNION ALL
  (SELECT 'silent', appliance_id, scope_id, tenant_id, entitlement_id, alternated_at,
          coalesce(last_checkin_at, registered_at) AS at
   FROM appliances
   WHERE revoked_at IS NULL AND coalesce(last_checkin_at, registered_at) < :week_ago
   ORDER BY at DESC LIMIT 500)) a
LEFT JOIN entitlements e ON e.id = a.entitlement_id
LEFT JOIN tenant_registry t ON t.tenant_id = coalesce(a.tenant_id, e.tenant_id)
ORDER BY at DESC
