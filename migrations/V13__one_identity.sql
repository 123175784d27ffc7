-- One machine has one registration in its tenant, and a tenant has one live code, in whatever order the tenant,
-- the subscription, the code and the machine became known.

-- The subscriptions of a tenant as they are when the function is called. A statement that waited for the tenant's
-- lock sees the rows as they were when the statement began; a function looks anew.
CREATE FUNCTION entitlements_of(owner uuid) RETURNS TABLE (id uuid, active boolean) LANGUAGE plpgsql ROWS 1 AS $$
BEGIN
  RETURN QUERY SELECT e.id, e.active FROM entitlements e WHERE e.tenant_id = owner;
END $$;

-- Whether a tenant may run what it bought, as things are when the function is called. A tenant that the registry
-- does not know may.
CREATE FUNCTION is_open(tenant uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM tenant_registry t WHERE t.tenant_id = tenant AND t.status IN ('suspended', 'cancelled'));
END $$;

-- A subscription gets its tenant: by a signature, a redeem or a registration. What the subscription has by then comes
-- along: its codes, so that the tenant has one live code at most, and its appliances, so that the tenant can see
-- and revoke them. A machine that the tenant has too, from another code, is one machine: the live registration stays,
-- and of two live ones the newer one. The other registration ends, so its credential is unknown from then on. Only
-- this function may delete an appliance; the app role may not. The audit log names the request that bound the
-- subscription, which has written its own row by then.
CREATE OR REPLACE FUNCTION bring_along() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  brought uuid;
BEGIN
  IF EXISTS (SELECT FROM tenant_registry WHERE tenant_id = NEW.tenant_id) THEN
    SELECT id INTO brought FROM claim_codes
    WHERE entitlement_id = NEW.id AND tenant_id IS NULL AND superseded_at IS NULL
      AND consumed_at IS NULL AND revoked_at IS NULL;
    IF brought IS NOT NULL THEN
      UPDATE claim_codes
      SET superseded_at = now(),
          revoked_at = CASE WHEN consumed_at IS NULL THEN coalesce(revoked_at, now()) END
      WHERE tenant_id = NEW.tenant_id AND superseded_at IS NULL;
      UPDATE claim_codes SET tenant_id = NEW.tenant_id WHERE id = brought;
    END IF;
  END IF;
  WITH ended AS (
    DELETE FROM appliances USING appliances mine, appliances theirs
    WHERE mine.entitlement_id = NEW.id AND mine.tenant_id IS NULL
      AND theirs.appliance_id = mine.appliance_id AND theirs.scope_id = NEW.tenant_id
      AND appliances.id = CASE
        WHEN (mine.revoked_at IS NULL, mine.registered_at) > (theirs.revoked_at IS NULL, theirs.registered_at)
        THEN theirs.id ELSE mine.id END
    RETURNING appliances.appliance_id
  )
  INSERT INTO audit_log (event, tenant_id, subject, detail, actor, operator, request_id, address)
  SELECT 'appliance_revoked', NEW.tenant_id, ended.appliance_id, 'its other registration stays',
         coalesce(cause.actor, 'upkeep'), cause.operator, cause.request_id, cause.address
  FROM ended LEFT JOIN LATERAL (
    SELECT actor, operator, request_id, address FROM audit_log
    WHERE tenant_id = NEW.tenant_id AND at = now()
    ORDER BY id DESC LIMIT 1) cause ON true;
  UPDATE appliances SET tenant_id = NEW.tenant_id WHERE entitlement_id = NEW.id AND tenant_id IS NULL;
  RETURN NULL;
END $$;

-- The registry learns of a tenant that subscriptions name already. Their codes carry no tenant: they give way to
-- the code that the registration minted; where it minted none, the live one becomes the tenant's. The registration
-- calls this (ClaimCodes.settle) when the request names the tenant's id: no subscription names an id that was minted.
CREATE FUNCTION settle_codes(known uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  bought record;
BEGIN
  -- The lock waits for a request that mints a code for the subscription at this moment.
  FOR bought IN SELECT id, active FROM entitlements WHERE tenant_id = known FOR NO KEY UPDATE LOOP
    IF EXISTS (SELECT FROM claim_codes WHERE tenant_id = known AND superseded_at IS NULL) THEN
      UPDATE claim_codes
      SET superseded_at = now(),
          revoked_at = CASE WHEN consumed_at IS NULL THEN coalesce(revoked_at, now()) END
      WHERE entitlement_id = bought.id AND tenant_id IS NULL AND superseded_at IS NULL;
    ELSIF bought.active THEN
      UPDATE claim_codes SET tenant_id = known
      WHERE entitlement_id = bought.id AND tenant_id IS NULL AND superseded_at IS NULL
        AND consumed_at IS NULL AND revoked_at IS NULL;
    END IF;
  END LOOP;
END $$;

-- How often an appliance had its paid code again, as a time: each time adds minutes to it, and too far in the future
-- means too often (Redeems). It passes by itself.
ALTER TABLE claim_codes ADD COLUMN repeats_until timestamptz;

-- What earlier releases left.
WITH whose AS (
  SELECT a.id, a.appliance_id, owner.tenant_id,
         row_number() OVER (
           PARTITION BY a.appliance_id, owner.tenant_id
           ORDER BY a.revoked_at IS NULL DESC, a.registered_at DESC) AS nth
  FROM appliances a JOIN entitlements e ON e.id = a.entitlement_id
  CROSS JOIN LATERAL (SELECT coalesce(a.tenant_id, e.tenant_id)) owner (tenant_id)
  WHERE owner.tenant_id IS NOT NULL
), ended AS (
  DELETE FROM appliances USING whose WHERE appliances.id = whose.id AND nth > 1
  RETURNING whose.appliance_id, whose.tenant_id
)
INSERT INTO audit_log (event, tenant_id, subject, detail, actor)
SELECT 'appliance_revoked', tenant_id, appliance_id, 'its other registration stays', 'upkeep' FROM ended;

UPDATE appliances a SET tenant_id = e.tenant_id
FROM entitlements e
WHERE e.id = a.entitlement_id AND e.tenant_id IS NOT NULL AND a.tenant_id IS NULL;

WITH late AS (
  SELECT c.id, e.tenant_id, e.active, EXISTS (
    SELECT FROM claim_codes own WHERE own.tenant_id = e.tenant_id AND own.superseded_at IS NULL) AS has_own
  FROM claim_codes c
  JOIN entitlements e ON e.id = c.entitlement_id
  JOIN tenant_registry t ON t.tenant_id = e.tenant_id
  WHERE c.tenant_id IS NULL AND c.superseded_at IS NULL AND c.consumed_at IS NULL AND c.revoked_at IS NULL
)
UPDATE claim_codes c
SET tenant_id = CASE WHEN has_own THEN NULL ELSE late.tenant_id END,
    superseded_at = CASE WHEN has_own THEN now() END,
    revoked_at = CASE WHEN has_own THEN now() END
FROM late WHERE c.id = late.id AND (has_own OR late.active);
