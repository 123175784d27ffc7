-- Continues a live session after the identity provider proved the same person again. Locks the session.
-- A result row: the session goes on. No row: it is over, or belongs to another person or grant.
UPDATE operator_sessions SET seen_at = now(), vouched_at = now(), id_token = :id_token
WHERE token_hash = :token_hash AND seen_at > now() - make_interval(secs => :idle)
  AND created_at > now() - make_interval(secs => :longest)
  AND operator = :operator AND operator_sub = :operator_sub AND granted_by = :granted_by
RETURNING operator
