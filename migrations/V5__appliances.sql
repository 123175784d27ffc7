-- The registrations of installed machines.

-- Collation "C", so that the index on appliance_id also serves a search by its first characters.
CREATE DOMAIN appliance_id AS text COLLATE "C" CHECK (VALUE ~ '^[A-Za-z0-9._-]{1,128}$');

CREATE TABLE appliances (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appliance_id       appliance_id NOT NULL,
  -- No foreign key: a redeem may name a tenant that the registry does not know, or no tenant.
  tenant_id          uuid,
  entitlement_id     uuid NOT NULL REFERENCES entitlements,
  scope_id           uuid NOT NULL GENERATED ALWAYS AS (coalesce(tenant_id, entitlement_id)) STORED,
  claim_code_id      uuid NOT NULL UNIQUE REFERENCES claim_codes,
  credential_hash    sha_256 NOT NULL UNIQUE,
  credential_used_at timestamptz,
  last_checkin_at    timestamptz,
  revoked_at         timestamptz,
  registered_at      timestamptz NOT NULL DEFAULT now(),
  last_network       text,
  other_network      text,
  other_network_at   timestamptz,
  alternated_at      timestamptz,
  UNIQUE (appliance_id, scope_id)
)
-- A check-in changes no indexed column. The free space lets it stay in its block (HOT), so it writes no index.
WITH (fillfactor = 85);

COMMENT ON TABLE appliances IS
  'The registrations of installed machines. Only the trigger bring_along deletes a row (see the table entitlements).';
COMMENT ON COLUMN appliances.appliance_id IS
  'The name that the machine chose. It is unique within a tenant only, or within a subscription without a tenant.';
COMMENT ON COLUMN appliances.scope_id IS
  'The scope in which appliance_id is unique: the tenant, or the subscription if there is no tenant.';
COMMENT ON COLUMN appliances.claim_code_id IS
  'The code that brought the present credential. Only this code can bring a new one if the credential was lost.';
COMMENT ON COLUMN appliances.credential_hash IS 'SHA-256 of the credential. The credential itself is not stored.';
COMMENT ON COLUMN appliances.credential_used_at IS
  'The first check-in with the present credential. From then on the code cannot be redeemed again.';
COMMENT ON COLUMN appliances.registered_at IS 'When the machine redeemed its code; the last time, if it did so again.';
-- Two machines with one credential check in from two networks in turn.
COMMENT ON COLUMN appliances.last_network IS
  'The network of the last check-in: an IPv4 address, or the first 64 bits of an IPv6 address.';
COMMENT ON COLUMN appliances.other_network IS 'Another network that the appliance checked in from before.';
COMMENT ON COLUMN appliances.other_network_at IS 'The last check-in from other_network.';
COMMENT ON COLUMN appliances.alternated_at IS
  'When the audit log last recorded that the appliance came back to a network, a sign of a copied credential.'
  ' At most once a day.';

CREATE INDEX appliances_scope ON appliances (scope_id);
CREATE INDEX appliances_entitlement ON appliances (entitlement_id);
