-- The requests that are carried out once, each with its Idempotency-Key, a hash of its content, and its tenant.
CREATE TABLE idempotency_keys (
  idempotency_key text PRIMARY KEY CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  body_hash       text NOT NULL CHECK (char_length(body_hash) = 64),
  tenant_id       uuid NOT NULL REFERENCES tenant_registry,
  created_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE idempotency_keys IS
  'The requests that are carried out once, by their Idempotency-Key. The service deletes old rows.';
COMMENT ON COLUMN idempotency_keys.idempotency_key IS
  'The header of POST /register-tenant, or the name that a form of the console brings.';
COMMENT ON COLUMN idempotency_keys.body_hash IS
  'SHA-256 (hex) of the content of the request. The same key with another content is refused.';

-- The keys that the upkeep deletes, by age.
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
