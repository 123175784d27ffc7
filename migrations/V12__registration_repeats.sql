-- A registration of the free edition without a key is a repeat of the same registration for a while.
COMMENT ON COLUMN idempotency_keys.idempotency_key IS
  'The header of a registration, the id of an operator''s form after "operator:", or the digest of a registration of the'
  ' free edition without a header after "repeat " (no header has a space).';
