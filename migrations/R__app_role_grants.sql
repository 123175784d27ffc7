-- The app role (DB_USER_APP) may read and write rows, and nothing else. It may delete only rows that the service
-- deletes after some time. It may only append to the audit log. It has no right on claim_code_keys. Flyway runs this
-- file again whenever the file or the name of the role changes.
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
  EXECUTE format('GRANT SELECT, INSERT ON audit_log TO %I', app);
END $$;
