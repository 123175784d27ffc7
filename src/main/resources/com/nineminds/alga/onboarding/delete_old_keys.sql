-- Deletes idempotency keys that are "age" seconds old or older, at most :most. Locks these keys.
-- The one result row counts the deleted keys.
WITH old AS (
  SELECT idempotency_key FROM idempotency_keys
  WHERE created_at < now() - make_interval(secs => :age)
  ORDER BY created_at LIMIT :most
), key AS (
  DELETE FROM idempotency_keys USING old
  WHERE idempotency_keys.idempotency_key = old.idempotency_key
  RETURNING tenant_id
)
SELECT count(*) AS n FROM key
