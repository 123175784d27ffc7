-- The subscriptions, each with its terms and the license that was last signed for it.

CREATE DOMAIN tier AS text CHECK (VALUE IN ('pro', 'premium'));
CREATE DOMAIN seats AS integer CHECK (VALUE >= 1);
CREATE DOMAIN transport AS text CHECK (VALUE IN ('connected', 'airgap'));

CREATE TABLE entitlements (
  id            uuid PRIMARY KEY,
  -- No foreign key: a signature may name a tenant before the registry knows that tenant.
  tenant_id     uuid,
  stripe_sub_id line_of_text NOT NULL UNIQUE,
  customer      line_of_text,
  tier          tier NOT NULL,
  seats         seats,
  transport     transport NOT NULL,
  active        boolean NOT NULL DEFAULT true,
  license_sub   text NOT NULL UNIQUE,
  current_token text,
  token_exp     timestamptz,
  token_terms   text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
)
-- A row is first stored without its license, which is three times as long. The free space lets the update that adds
-- the license stay in the block and write no index.
WITH (fillfactor = 25);

COMMENT ON TABLE entitlements IS
  'The subscriptions, each with its terms and the license that was last signed for it. No row is ever deleted.';
COMMENT ON COLUMN entitlements.tenant_id IS
  'The tenant that the subscription is bound to; null until a request binds it. The binding never changes after that.';
COMMENT ON COLUMN entitlements.customer IS 'The name in the license where the registry knows no tenant.';
COMMENT ON COLUMN entitlements.seats IS 'Null: unlimited.';
COMMENT ON COLUMN entitlements.license_sub IS
  'The claim "sub" of every license of the subscription. It is fixed here, so that two nodes cannot disagree on it.';
COMMENT ON COLUMN entitlements.current_token IS 'The license that was last signed.';
COMMENT ON COLUMN entitlements.token_exp IS 'When that license expires.';
COMMENT ON COLUMN entitlements.token_terms IS
  'A digest of the content of that license and of its signing key. If it is out of date, the next check-in signs a new one.';

CREATE UNIQUE INDEX entitlements_one_active_per_tenant ON entitlements (tenant_id) WHERE active;
CREATE INDEX entitlements_tenant ON entitlements (tenant_id, created_at DESC);

-- Volatile like is_open, so it sees what others committed while the calling statement waited for a lock.
CREATE FUNCTION entitlements_of(owner uuid) RETURNS TABLE (id uuid, active boolean) LANGUAGE plpgsql ROWS 1 AS $$
BEGIN
  RETURN QUERY SELECT e.id, e.active FROM entitlements e WHERE e.tenant_id = owner;
END $$;

COMMENT ON FUNCTION entitlements_of(uuid) IS 'The subscriptions of a tenant at the moment of the call.';

-- A subscription gets its tenant. Its codes and its appliances follow:
-- * Its live code becomes the code of the tenant, if the registry knows the tenant. The tenant has one live code at
--   most, so its former newest code is superseded.
-- * Its appliances become appliances of the tenant, so that the tenant can see and revoke them.
-- * A machine may be registered twice: for the tenant, and for the subscription by another code. Then one of the two
--   registrations is deleted, and its credential is unknown from then on. If one is live and the other is revoked, the
--   live one stays. Otherwise the newer one stays.
-- The function runs as the owner of the schema: the app role must not delete an appliance in any other way. For each
-- deleted registration it writes an audit row that names the request. It finds the request in the newest row that the
-- same transaction wrote for the tenant, so the request must write its own audit row before it binds the subscription.
CREATE FUNCTION bring_along() RETURNS trigger LANGUAGE plpgsql
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

COMMENT ON FUNCTION bring_along() IS
  'Gives the codes and the appliances of a subscription to the tenant that the subscription is bound to.';

-- Three use cases fire it:
-- * POST /sign with a tenant_id (Signing, through Entitlements.renew)
-- * POST /register-tenant with the stripe_sub_id of a subscription that has no tenant (RepeatedRegistration, through
--   Entitlements.renew)
-- * POST /register with a code of a subscription that has no tenant, and a tenant_id (redeem/consume_paid_code.sql)
CREATE TRIGGER bring_along AFTER UPDATE OF tenant_id ON entitlements
  FOR EACH ROW WHEN (OLD.tenant_id IS NULL AND NEW.tenant_id IS NOT NULL)
  EXECUTE FUNCTION bring_along();

COMMENT ON TRIGGER bring_along ON entitlements IS
  'Fires when POST /sign, POST /register-tenant or POST /register binds a subscription to a tenant.';
