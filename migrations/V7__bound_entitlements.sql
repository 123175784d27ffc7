-- A subscription from before the registry is bound to its tenant later: by a signature, a redeem or a
-- registration. What it has by then comes along, whoever binds it: its codes, so that the tenant still
-- has at most one that is live, and its appliances, so that the tenant can see and revoke them.
CREATE FUNCTION bring_along() RETURNS trigger LANGUAGE plpgsql AS $$
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
  UPDATE appliances a SET tenant_id = NEW.tenant_id
  WHERE a.entitlement_id = NEW.id AND a.tenant_id IS NULL
    AND NOT EXISTS (SELECT FROM appliances other
                    WHERE other.appliance_id = a.appliance_id AND other.scope_id = NEW.tenant_id);
  RETURN NULL;
END $$;

CREATE TRIGGER bring_along AFTER UPDATE OF tenant_id ON entitlements
  FOR EACH ROW WHEN (OLD.tenant_id IS NULL AND NEW.tenant_id IS NOT NULL)
  EXECUTE FUNCTION bring_along();
