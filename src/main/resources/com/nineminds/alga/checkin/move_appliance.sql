-- Stores the network of an appliance and its other network. Records a credential that alternates between the two.
-- Locks the appliance. The other network is kept for 2 days, or until the appliance is there again. So two machines
-- with one credential are noticed, and three too. A machine that moved once does not alternate.
-- Writes one audit row a day for an appliance.
-- The one result row says whether this check-in was recorded as alternating.
WITH moved AS (
  UPDATE appliances
  SET last_checkin_at = now(), last_network = network,
      other_network = CASE
        WHEN other_network = network OR (other_network_at > now() - interval '2 days') IS NOT TRUE
        THEN last_network ELSE other_network END,
      other_network_at = CASE
        WHEN other_network = network OR (other_network_at > now() - interval '2 days') IS NOT TRUE
        THEN last_checkin_at ELSE other_network_at END,
      alternated_at = CASE
        WHEN other_network = network AND other_network_at > now() - interval '2 days'
          AND (alternated_at > now() - interval '1 day') IS NOT TRUE
        THEN now() ELSE alternated_at END
  FROM (SELECT CAST(:network AS text) AS network) here
  WHERE credential_hash = :credential_hash AND revoked_at IS NULL AND last_network <> network
  RETURNING tenant_id, entitlement_id, appliance_id, other_network,
            coalesce(alternated_at = now(), false) AS alternates
), whose AS (
  SELECT coalesce(moved.tenant_id, e.tenant_id) AS tenant_id, appliance_id, other_network
  FROM moved JOIN entitlements e ON e.id = moved.entitlement_id
  WHERE alternates
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'credential_alternates', tenant_id, appliance_id, other_network,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM whose
)
SELECT EXISTS (SELECT FROM whose) AS alternates
