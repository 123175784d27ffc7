-- Reads a live session and restarts its idle time. Locks the session.
-- No row: the session is unknown, idle for "idle" seconds, or older than "longest" seconds.
-- A result row is the session; vouched_seconds is the time since a password or the provider proved the identity.
UPDATE operator_sessions SET seen_at = now()
WHERE token_hash = :token_hash AND seen_at > now() - make_interval(secs => :idle)
  AND created_at > now() - make_interval(secs => :longest)
RETURNING operator, operator_sub, granted_by,
  CAST(extract(epoch FROM now() - vouched_at) AS bigint) AS vouched_seconds
