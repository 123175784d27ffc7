-- Consumes a code of a subscription, stores the appliance and its license, and makes the tenant installed.
-- Locks the tenant, the entitlement, the code, the appliance. Judges all but the appliance under these locks.
-- The update of entitlements fires the trigger bring_along where it gives the subscription its tenant.
-- A result row: all is written; "shared" says that an appliance of another tenant has the same appliance_id.
-- No row: nothing was written for this request, because its code, tenant or entitlement allows it no more.
-- Batched.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:code_id AS uuid[]), CAST(:appliance_id AS text[]),
    CAST(:named_tenant_id AS uuid[]),
    CAST(:entitlement_id AS uuid[]), CAST(:credential_hash AS bytea[]), CAST(:token AS text[]),
    CAST(:token_exp AS timestamptz[]), CAST(:token_terms AS text[]), CAST(:actor AS text[]),
    CAST(:operator AS text[]), CAST(:operator_sub AS text[]), CAST(:request_id AS text[]),
    CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, code_id, appliance_id, named_tenant_id, entitlement_id, credential_hash, token, token_exp,
    token_terms, actor, operator, operator_sub, request_id, address, n
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
), code AS (
  UPDATE claim_codes SET consumed_at = now(), consumed_by = entitled.appliance_id,
      consumed_tenant_id = entitled.named_tenant_id
  FROM entitled
  WHERE claim_codes.id = entitled.code_id AND consumed_at IS NULL AND revoked_at IS NULL
    AND expires_at > now()
  RETURNING claim_codes.id, code_last4, entitled.*
), appliance AS (
  INSERT INTO appliances
    (appliance_id, tenant_id, entitlement_id, claim_code_id, credential_hash)
  SELECT appliance_id, tenant_id, entitlement_id, id, credential_hash FROM code
  ON CONFLICT (appliance_id, scope_id) DO UPDATE
  SET entitlement_id = excluded.entitlement_id, claim_code_id = excluded.claim_code_id,
      credential_hash = excluded.credential_hash, credential_used_at = NULL,
      revoked_at = NULL, registered_at = now(), last_network = NULL,
      other_network = NULL, other_network_at = NULL, alternated_at = NULL
), shared AS (
  SELECT * FROM code WHERE EXISTS (
    SELECT FROM appliances a
    WHERE a.appliance_id = code.appliance_id
      AND a.scope_id <> coalesce(code.tenant_id, code.entitlement_id)
      AND a.entitlement_id <> code.entitlement_id)
), license AS (
  UPDATE entitlements
  SET tenant_id = coalesce(entitlements.tenant_id, code.tenant_id), current_token = token,
      token_exp = code.token_exp, token_terms = code.token_terms, updated_at = now()
  FROM code
  WHERE entitlements.id = code.entitlement_id
), installed AS (
  UPDATE tenant_registry SET status = 'installed', installed_at = now(), updated_at = now()
  FROM code
  WHERE tenant_registry.tenant_id = code.tenant_id
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'code_redeemed', tenant_id, appliance_id, '****' || code_last4,
         actor, operator, operator_sub, request_id, address
  FROM code
  UNION ALL
  SELECT 'appliance_id_shared', tenant_id, appliance_id, NULL,
         actor, operator, operator_sub, request_id, address
  FROM shared
)
SELECT n, n IN (SELECT n FROM shared) AS shared FROM code
