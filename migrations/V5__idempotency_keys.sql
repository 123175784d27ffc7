-- Idempotency-Key headers of POST /register-tenant, each with what it asked for and what it made.
CREATE TABLE idempotency_keys (
  idempotency_key text PRIMARY KEY CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  body_hash       text NOT NULL CHECK (char_length(body_hash) = 64),
  tenant_id       uuid NOT NULL REFERENCES tenant_registry,
  created_at      timestamptz NOT NULL DEFAULT now()
);
