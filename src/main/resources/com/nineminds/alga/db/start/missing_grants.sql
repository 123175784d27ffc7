-- What the app role lacks, one row for each: the statement that grants it. This list is the only place that says what
-- the app role may do. If the role may not use the schema, or does not find it by its name alone, only that is told.
WITH needs (kind, object, privilege) AS (
  SELECT 'table', t, p
  FROM unnest(ARRAY['tenant_registry', 'entitlements', 'claim_codes', 'appliances', 'idempotency_keys',
                    'operator_sessions', 'rate_buckets']) AS t,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p
  UNION ALL
  SELECT 'table', t, 'DELETE'
  FROM unnest(ARRAY['claim_codes', 'idempotency_keys', 'operator_sessions', 'rate_buckets']) AS t
  UNION ALL
  SELECT 'table', 'audit_log', p FROM unnest(ARRAY['SELECT', 'INSERT']) AS p
  UNION ALL
  SELECT 'function', f, 'EXECUTE'
  FROM unnest(ARRAY['is_open(uuid)', 'entitlements_of(uuid)', 'settle_codes(uuid)']) AS f
),
asked (role, schema) AS (SELECT CAST(:role AS text), CAST(:schema AS text)),
refused (statement) AS (
  SELECT 'GRANT USAGE ON SCHEMA ' || quote_ident(schema) || ' TO ' || quote_ident(role)
  FROM asked
  WHERE NOT has_schema_privilege(role, schema, 'USAGE')
  UNION ALL
  SELECT 'ALTER ROLE ' || quote_ident(role) || ' SET search_path = ' || quote_ident(schema)
  FROM asked
  WHERE role = current_user AND has_schema_privilege(role, schema, 'USAGE') AND NOT schema = ANY (current_schemas(false))
)
SELECT statement FROM refused
UNION ALL
SELECT 'GRANT ' || string_agg(privilege, ', ' ORDER BY privilege) || ' ON ' || kind || ' '
       || quote_ident(schema) || '.' || object || ' TO ' || quote_ident(role)
FROM needs, asked
WHERE NOT CASE WHEN kind = 'table' THEN has_table_privilege(role, quote_ident(schema) || '.' || object, privilege)
               ELSE has_function_privilege(role, quote_ident(schema) || '.' || object, privilege) END
  AND (role <> current_user OR NOT EXISTS (SELECT FROM refused))
GROUP BY kind, object, schema, role
