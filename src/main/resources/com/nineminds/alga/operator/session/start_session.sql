-- Starts a session and ends the browser's former session (null for none). Also deletes idle sessions.
-- Locks the sessions that it deletes.
-- The one result row is the operator who signed in.
WITH over AS (
  DELETE FROM operator_sessions
  WHERE seen_at < now() - make_interval(secs => :idle)
), former AS (
  DELETE FROM operator_sessions WHERE token_hash = CAST(:former AS bytea)
), session AS (
  INSERT INTO operator_sessions (token_hash, operator, operator_sub, id_token, granted_by)
  VALUES (:token_hash, :operator, :operator_sub, :id_token, :granted_by)
  RETURNING operator
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'operator_signed_in', NULL, NULL, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM session
)
SELECT operator FROM session
