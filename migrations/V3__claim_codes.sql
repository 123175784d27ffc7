-- One-time install codes. Never in clear: the code is derived from the row's id with CLAIM_CODE_KEY.
CREATE TABLE claim_codes (
  id             uuid PRIMARY KEY,
  tenant_id      uuid REFERENCES tenant_registry,
  entitlement_id uuid REFERENCES entitlements,
  code_hash      bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
  code_last4     text NOT NULL CHECK (char_length(code_last4) = 4),
  expires_at     timestamptz NOT NULL,
  consumed_at    timestamptz,
  consumed_by    text,
  revoked_at     timestamptz,
  -- Set when a newer code is minted; what was consumed before keeps its consumed_at.
  superseded_at  timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT claim_codes_belong_to_someone CHECK (tenant_id IS NOT NULL OR entitlement_id IS NOT NULL),
  CONSTRAINT claim_codes_not_consumed_and_revoked CHECK (consumed_at IS NULL OR revoked_at IS NULL),
  CONSTRAINT claim_codes_consumed_by_someone CHECK ((consumed_at IS NULL) = (consumed_by IS NULL)),
  CONSTRAINT claim_codes_superseded_is_not_live
    CHECK (superseded_at IS NULL OR consumed_at IS NOT NULL OR revoked_at IS NOT NULL)
);

-- A tenant, or an entitlement that has no tenant yet, has one newest code; as an older one cannot be
-- live, it has at most one live code.
CREATE UNIQUE INDEX claim_codes_one_newest_per_tenant ON claim_codes (tenant_id)
  WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX claim_codes_one_newest_per_entitlement ON claim_codes (entitlement_id)
  WHERE tenant_id IS NULL AND superseded_at IS NULL;
CREATE INDEX claim_codes_tenant ON claim_codes (tenant_id, created_at DESC);
CREATE INDEX claim_codes_entitlement ON claim_codes (entitlement_id);

-- Check values of the keys that codes were minted under, newest last; a start with a key that does
-- not fit is refused, since its codes would all be unknown.
CREATE TABLE claim_code_keys (
  check_value bytea PRIMARY KEY CHECK (octet_length(check_value) = 32),
  since       timestamptz NOT NULL DEFAULT clock_timestamp()
);
