-- Gives the appliance of a consumed code a fresh credential and license, and counts this repeat.
-- Locks the tenant, the entitlement, the code, the appliance. Judges all of them under these locks.
-- The code may be repeated while repeats_until is at most repeats_room seconds ahead. A repeat adds repeat_cost.
-- A result row: all is written. No row: nothing was written for this request, because one of the rows changed, the
-- credential was used, or the code was repeated too often.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:code_id AS uuid[]), CAST(:appliance_id AS text[]),
    CAST(:entitlement_id AS uuid[]), CAST(:credential_hash AS bytea[]), CAST(:token AS text[]),
    CAST(:token_exp AS timestamptz[]), CAST(:token_terms AS text[]),
    CAST(:repeats_room AS bigint[]), CAST(:repeat_cost AS bigint[]), CAST(:actor AS text[]),
    CAST(:operator AS text[]), CAST(:operator_sub AS text[]), CAST(:request_id AS text[]),
    CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, code_id, appliance_id, entitlement_id, credential_hash, token, token_exp,
    token_terms, repeats_room, repeat_cost, actor, operator, operator_sub, request_id, address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1, 2
), tenant AS (
  SELECT n, status FROM asked JOIN tenant_registry USING (tenant_id)
  FOR NO KEY UPDATE OF tenant_registry
), open AS (
  SELECT * FROM asked
  WHERE n NOT IN (SELECT n FROM tenant WHERE status IN ('suspended', 'cancelled'))
), entitled AS (
  SELECT open.* FROM open JOIN entitlements e ON e.id = open.entitlement_id
  WHERE e.active AND (e.tenant_id IS NULL OR e.tenant_id = open.tenant_id)
  FOR NO KEY UPDATE OF e
), repeated AS (
  SELECT entitled.*, code_last4 FROM entitled JOIN claim_codes c ON c.id = code_id
  WHERE superseded_at IS NULL AND consumed_by = entitled.appliance_id
    AND (repeats_until > now() + make_interval(secs => repeats_room)) IS NOT TRUE
  FOR NO KEY UPDATE OF c
), code AS (
  UPDATE appliances
  SET credential_hash = repeated.credential_hash, registered_at = now()
  FROM repeated
  WHERE claim_code_id = repeated.code_id AND credential_used_at IS NULL AND revoked_at IS NULL
  RETURNING repeated.*
), counted AS (
  UPDATE claim_codes
  SET repeats_until = greatest(repeats_until, now()) + make_interval(secs => repeat_cost)
  FROM code
  WHERE claim_codes.id = code.code_id
), license AS (
  UPDATE entitlements
  SET tenant_id = coalesce(entitlements.tenant_id, code.tenant_id), current_token = token,
      token_exp = code.token_exp, token_terms = code.token_terms, updated_at = now()
  FROM code
  WHERE entitlements.id = code.entitlement_id
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_redeemed_again', tenant_id, appliance_id, '****' || code_last4,
         actor, operator, operator_sub, request_id, address
  FROM code
)
SELECT n, false AS shared FROM code
