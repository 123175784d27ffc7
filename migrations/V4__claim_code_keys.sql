-- The keys that codes were minted under, as check values. The service refuses to start with a CLAIM_CODE_KEY that does
-- not fit: it would know none of the stored codes. Only the admin role uses this table, at the start (KeyCheck).
CREATE TABLE claim_code_keys (
  check_value bytea PRIMARY KEY CHECK (octet_length(check_value) = 32),
  since       timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE claim_code_keys IS
  'Check values of the keys that codes were minted under. Not for the app role.';
COMMENT ON COLUMN claim_code_keys.check_value IS
  'Derived from the key (HKDF). It identifies the key and says nothing else about it.';
COMMENT ON COLUMN claim_code_keys.since IS
  'When the key became the newest one. The latest row is the key that codes are minted under.';
