-- Creates a tenant with its key, its subscription and its code. Each of these is null if the request has none.
-- Locks nothing that exists. A unique index refuses the statement when another request creates the same
-- tenant, key or subscription at this moment.
-- A result row: the tenant is created; expires_at is the code's, null without a code.
-- No row: the key or the subscription existed before, and nothing was written for this request.
-- Batched; RepeatedRegistration runs it for one request in a transaction.
WITH asked AS (
  SELECT * FROM unnest(
    CAST(:tenant_id AS uuid[]), CAST(:edition AS text[]), CAST(:product_code AS text[]),
    CAST(:deployment_type AS text[]), CAST(:region AS text[]), CAST(:company_name AS text[]),
    CAST(:contact_name AS text[]), CAST(:contact_email AS text[]),
    CAST(:stripe_customer_id AS text[]), CAST(:key AS text[]), CAST(:digest AS text[]),
    CAST(:stripe_sub_id AS text[]), CAST(:entitlement_id AS uuid[]), CAST(:tier AS text[]),
    CAST(:seats AS integer[]), CAST(:transport AS text[]), CAST(:license_sub AS text[]),
    CAST(:code_id AS uuid[]), CAST(:code_hash AS bytea[]), CAST(:code_last4 AS text[]),
    CAST(:code_ttl AS bigint[]), CAST(:actor AS text[]), CAST(:operator AS text[]),
    CAST(:operator_sub AS text[]), CAST(:request_id AS text[]), CAST(:address AS text[])
  ) WITH ORDINALITY AS asked (
    tenant_id, edition, product_code, deployment_type, region, company_name, contact_name,
    contact_email, stripe_customer_id, key, digest, stripe_sub_id, entitlement_id, tier, seats,
    transport, license_sub, code_id, code_hash, code_last4, code_ttl, actor, operator, operator_sub,
    request_id, address, n
  )
  WHERE n BETWEEN 1 AND 32
  ORDER BY 1
), new AS (
  SELECT * FROM asked
  WHERE NOT EXISTS (SELECT FROM idempotency_keys WHERE idempotency_key = key)
    AND NOT EXISTS (SELECT FROM entitlements e WHERE e.stripe_sub_id = asked.stripe_sub_id)
), tenant AS (
  INSERT INTO tenant_registry (tenant_id, edition, product_code, deployment_type, region,
    company_name, contact_name, contact_email, stripe_customer_id)
  SELECT tenant_id, edition, product_code, deployment_type, region, company_name,
    contact_name, contact_email, stripe_customer_id
  FROM new
), keyed AS (
  INSERT INTO idempotency_keys (idempotency_key, body_hash, tenant_id)
  SELECT key, digest, tenant_id FROM new WHERE key IS NOT NULL
), entitlement AS (
  INSERT INTO entitlements (id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub)
  SELECT entitlement_id, tenant_id, stripe_sub_id, tier, seats, transport, license_sub
  FROM new WHERE entitlement_id IS NOT NULL
), code AS (
  INSERT INTO claim_codes (id, tenant_id, entitlement_id, code_hash, code_last4, expires_at)
  SELECT code_id, tenant_id, entitlement_id, code_hash, code_last4,
    now() + make_interval(secs => code_ttl)
  FROM new WHERE code_id IS NOT NULL
), audit AS (
  INSERT INTO audit_log (event, tenant_id, subject, detail,
                         actor, operator, operator_sub, request_id, address)
  SELECT 'tenant_registered', tenant_id, NULL, NULL,
         actor, operator, operator_sub, request_id, address
  FROM new
  UNION ALL
  SELECT 'entitlement_changed', tenant_id, stripe_sub_id, NULL,
         actor, operator, operator_sub, request_id, address
  FROM new WHERE entitlement_id IS NOT NULL
  UNION ALL
  SELECT 'code_minted', tenant_id, '****' || code_last4, NULL,
         actor, operator, operator_sub, request_id, address
  FROM new WHERE code_id IS NOT NULL
)
SELECT n, now() + make_interval(secs => code_ttl) AS expires_at FROM new
