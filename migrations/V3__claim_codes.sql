-- The one-time install codes. The code itself is not stored: CLAIM_CODE_KEY derives it from the id of the row.

CREATE DOMAIN sha_256 AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN last_4 AS text CHECK (char_length(VALUE) = 4);

CREATE TABLE claim_codes (
  id             uuid PRIMARY KEY,
  tenant_id      uuid REFERENCES tenant_registry,
  entitlement_id uuid REFERENCES entitlements,
  code_hash      sha_256 NOT NULL UNIQUE,
  code_last4     last_4 NOT NULL,
  expires_at     timestamptz NOT NULL,
  consumed_at    timestamptz,
  consumed_by    text,
  repeats_until  timestamptz,
  revoked_at     timestamptz,
  superseded_at  timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT claim_codes_belong_to_someone CHECK (tenant_id IS NOT NULL OR entitlement_id IS NOT NULL),
  CONSTRAINT claim_codes_not_consumed_and_revoked CHECK (consumed_at IS NULL OR revoked_at IS NULL),
  CONSTRAINT claim_codes_consumed_by_someone CHECK ((consumed_at IS NULL) = (consumed_by IS NULL)),
  CONSTRAINT claim_codes_superseded_is_not_live
    CHECK (superseded_at IS NULL OR consumed_at IS NOT NULL OR revoked_at IS NOT NULL)
)
-- The free space lets the update that consumes a code stay in its block (HOT) and write no index.
WITH (fillfactor = 85);

COMMENT ON TABLE claim_codes IS
  'The one-time install codes. A code is live if it is not consumed, not revoked and not expired.'
  ' The service deletes codes that were superseded long ago, but not the code of a present credential.';
COMMENT ON COLUMN claim_codes.tenant_id IS
  'Null for a code of a subscription without a tenant in the registry. The code gets the tenant when the registry and'
  ' the subscription know it (bring_along, settle_codes).';
COMMENT ON COLUMN claim_codes.entitlement_id IS 'The subscription that the code brings; null for the free edition.';
COMMENT ON COLUMN claim_codes.code_hash IS 'HMAC-SHA-256 of the code under CLAIM_CODE_KEY; a redeem looks it up.';
COMMENT ON COLUMN claim_codes.consumed_by IS 'The appliance_id of the machine that redeemed the code.';
COMMENT ON COLUMN claim_codes.repeats_until IS
  'Counts how often an appliance redeemed its paid code again: each time moves it some minutes into the future.'
  ' Further repeats are refused while it is too far in the future. Null or past: no recent repeat.';
COMMENT ON COLUMN claim_codes.revoked_at IS
  'Set by an operator, by the end of the subscription, or together with superseded_at if the code was not consumed.';
COMMENT ON COLUMN claim_codes.superseded_at IS
  'When a newer code replaced this one, or the end of a subscription without a tenant closed its retries.'
  ' Null for the newest code. A consumed code keeps consumed_at.';

-- A tenant has one newest code, and so has a subscription without a tenant. A code that is not the newest cannot be
-- live, so each of them has one live code at most.
CREATE UNIQUE INDEX claim_codes_one_newest_per_tenant ON claim_codes (tenant_id)
  WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX claim_codes_one_newest_per_entitlement ON claim_codes (entitlement_id)
  WHERE tenant_id IS NULL AND superseded_at IS NULL;

CREATE INDEX claim_codes_tenant ON claim_codes (tenant_id, created_at DESC);
CREATE INDEX claim_codes_entitlement ON claim_codes (entitlement_id);

-- The search by the last 4 characters, whatever the state of the code.
CREATE INDEX claim_codes_last4 ON claim_codes (code_last4);

-- The codes that expire soon. Codes are stored almost in the order in which they expire, so a small BRIN index is
-- enough. Later codes reuse the space of old row versions; minmax_multi stores several ranges for a group of blocks, so
-- the index stays useful.
CREATE INDEX claim_codes_expiry ON claim_codes
  USING brin (expires_at timestamptz_minmax_multi_ops) WITH (autosummarize = on);

-- The codes that the upkeep deletes, by age.
CREATE INDEX claim_codes_replaced ON claim_codes (superseded_at) WHERE superseded_at IS NOT NULL;

-- A tenant is registered under an id that subscriptions already name. The codes of these subscriptions have no tenant.
-- If the registration minted a code, the older codes are superseded. If it minted none, the live code becomes the code
-- of the tenant. POST /register-tenant calls this when the request names the id of the tenant (ClaimCodes.settle).
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

COMMENT ON FUNCTION settle_codes(uuid) IS
  'Leaves a tenant that was just registered with one live code at most. It locks the subscriptions of the tenant.';
