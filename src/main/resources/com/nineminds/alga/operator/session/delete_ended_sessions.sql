-- Deletes sessions that are idle for "idle" seconds, at most :most. Locks these sessions.
-- The one result row counts the deleted sessions.
WITH ended AS (
  SELECT token_hash FROM operator_sessions
  WHERE seen_at < now() - make_interval(secs => :idle)
  ORDER BY seen_at LIMIT :most
), session AS (
  DELETE FROM operator_sessions USING ended
  WHERE operator_sessions.token_hash = ended.token_hash
  RETURNING operator
)
SELECT count(*) AS n FROM session
