-- Installed machines. An appliance_id is chosen by the machine, so it is unique within its tenant only.
CREATE TABLE appliances (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appliance_id       text NOT NULL CHECK (appliance_id ~ '^[A-Za-z0-9._-]{1,128}$'),
  -- No foreign key: a code from before the registry may bring a tenant that it does not know, or none.
  tenant_id          uuid,
  entitlement_id     uuid NOT NULL REFERENCES entitlements,
  scope_id           uuid NOT NULL GENERATED ALWAYS AS (coalesce(tenant_id, entitlement_id)) STORED,
  -- The code that brought the present credential: only it can bring a lost one again.
  claim_code_id      uuid NOT NULL UNIQUE REFERENCES claim_codes,
  credential_hash    bytea NOT NULL UNIQUE CHECK (octet_length(credential_hash) = 32),
  -- The first check-in with the present credential; it closes the retry window of its code.
  credential_used_at timestamptz,
  last_checkin_at    timestamptz,
  revoked_at         timestamptz,
  registered_at      timestamptz NOT NULL DEFAULT now(),
  UNIQUE (appliance_id, scope_id)
);

CREATE INDEX appliances_scope ON appliances (scope_id);
CREATE INDEX appliances_entitlement ON appliances (entitlement_id);
