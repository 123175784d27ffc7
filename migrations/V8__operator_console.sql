-- What operators do is recorded under their name.
ALTER TABLE audit_log
  ADD COLUMN operator text CHECK (char_length(operator) BETWEEN 1 AND 200),
  ADD CONSTRAINT audit_log_names_its_operator CHECK ((actor = 'operator') = (operator IS NOT NULL));
-- What happened lately, of all tenants. Rows come in the order of time, so a few bytes for each block do.
CREATE INDEX audit_log_at ON audit_log USING brin (at) WITH (autosummarize = on);

-- The search by the last 4 characters of a code, whatever became of it.
CREATE INDEX claim_codes_last4 ON claim_codes (code_last4);
-- The codes that expire soon: all live about as long, so they expire in the order that they came in. But
-- later ones take the room of rows that were updated: minmax_multi keeps the times of a block's waves apart.
CREATE INDEX claim_codes_expiry ON claim_codes
  USING brin (expires_at timestamptz_minmax_multi_ops) WITH (autosummarize = on);
-- The search by the beginning of an appliance's id, by the index that it has.
ALTER TABLE appliances ALTER COLUMN appliance_id TYPE text COLLATE "C";
-- The list in the order of the companies' names.
CREATE INDEX tenant_registry_company ON tenant_registry ((lower(company_name) COLLATE "C"), tenant_id);

-- Operators who are signed in, on whichever node: the cookie's token is not stored, only its SHA-256.
CREATE TABLE operator_sessions (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  operator   text NOT NULL CHECK (char_length(operator) BETWEEN 1 AND 200),
  -- SHA-256 of what let the operator in: when that changes, the session is over.
  granted_by bytea NOT NULL CHECK (octet_length(granted_by) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX operator_sessions_seen ON operator_sessions (seen_at);

-- Budgets of tries, of all nodes together; Bucket4j's layout.
CREATE TABLE rate_buckets (
  id         text PRIMARY KEY,
  state      bytea,
  expires_at bigint
);
CREATE INDEX rate_buckets_expiry ON rate_buckets (expires_at);
