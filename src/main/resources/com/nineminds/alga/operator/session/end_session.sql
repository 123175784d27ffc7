-- Ends the session of an operator who signs out. Locks the session.
-- A result row: the session is over now, and this is the ID token of it. No row: it was over before.
WITH session AS (
  DELETE FROM operator_sessions WHERE token_hash = :token_hash
  RETURNING id_token
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'operator_signed_out', NULL, NULL, NULL,
         :actor, :operator, :operator_sub, :request_id, :address
  FROM session
)
SELECT id_token FROM session
