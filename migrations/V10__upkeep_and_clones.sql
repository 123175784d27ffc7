-- What a reader of the log cannot tell from the row's other columns: the code that was redeemed, the
-- network that a credential was used from in turn. Never a secret.
ALTER TABLE audit_log ADD COLUMN detail text;

-- Where an appliance checks in from: two machines with one credential do so from two networks in turn. A
-- network is an IPv4 address, or the first 64 bits of an IPv6 one. None of it is indexed, so that a check-in
-- stays an update in place.
ALTER TABLE appliances
  ADD COLUMN last_network     text,
  -- Another one that it checked in from before, and when it did so last.
  ADD COLUMN other_network    text,
  ADD COLUMN other_network_at timestamptz,
  -- When it was last recorded to have come back to a network, once a day at most.
  ADD COLUMN alternated_at    timestamptz;

-- What the upkeep deletes, by age. Only a code that a newer one replaced can be among it.
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE INDEX claim_codes_replaced ON claim_codes (superseded_at) WHERE superseded_at IS NOT NULL;
