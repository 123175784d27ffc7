-- The operators who are signed in at the console. All nodes share the sessions.
CREATE TABLE operator_sessions (
  token_hash   bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  operator     text NOT NULL CHECK (char_length(operator) BETWEEN 1 AND 200),
  operator_sub text,
  granted_by   bytea NOT NULL CHECK (octet_length(granted_by) = 32),
  created_at   timestamptz NOT NULL DEFAULT now(),
  seen_at      timestamptz NOT NULL DEFAULT now(),
  vouched_at   timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE operator_sessions IS
  'The operators who are signed in at the console, for all nodes. The service deletes the sessions that ended.';
COMMENT ON COLUMN operator_sessions.token_hash IS
  'SHA-256 of the token in the cookie. The token itself is not stored.';
COMMENT ON COLUMN operator_sessions.operator_sub IS
  'The subject ("sub") of the operator at the OpenID provider; null for an operator with a password.';
COMMENT ON COLUMN operator_sessions.granted_by IS
  'SHA-256 of the grant: the stored hash of the password, or the provider and its group.'
  ' When that changes, the session ends.';
COMMENT ON COLUMN operator_sessions.seen_at IS 'The last request of the session; an idle session ends.';
COMMENT ON COLUMN operator_sessions.vouched_at IS
  'When a password or the provider last proved that the operator may use the console.';

-- The sessions that are deleted because they were idle for too long.
CREATE INDEX operator_sessions_seen ON operator_sessions (seen_at);
