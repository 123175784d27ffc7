-- The app role (DB_USER_APP) reads and writes rows, and nothing more. It deletes only what has its time; it
-- only ever appends to the audit log. Flyway runs this again whenever this file or the role's name changes.
DO $$
DECLARE
  app text := '${app_role}';
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app) THEN
    RAISE EXCEPTION 'the role of DB_USER_APP, %, does not exist', app;
  END IF;
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON
    tenant_registry, entitlements, claim_codes, appliances, idempotency_keys, operator_sessions,
    rate_buckets TO %I', app);
  EXECUTE format('GRANT DELETE ON
    claim_codes, idempotency_keys, operator_sessions, rate_buckets TO %I', app);
  -- granted by earlier releases
  EXECUTE format('REVOKE DELETE ON tenant_registry, entitlements, appliances FROM %I', app);
  EXECUTE format('GRANT SELECT, INSERT ON audit_log TO %I', app);
END $$;
