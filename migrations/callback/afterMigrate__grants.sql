-- The app role reads and writes rows, and nothing more; it only ever appends to the audit log.
-- Run at every start, so that another app role needs no migration; the lock keeps nodes that start
-- together from granting at the same moment, which PostgreSQL refuses ("tuple concurrently updated").
DO $$
DECLARE
  app text := '${app_role}';
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('alga grants', 0));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app) THEN
    RAISE EXCEPTION 'the app role "%" does not exist', app;
  END IF;
  FOREACH name IN ARRAY ARRAY['tenant_registry', 'entitlements', 'claim_codes', 'appliances', 'idempotency_keys'] LOOP
    IF (SELECT count(*) < 4 FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
        WHERE has_table_privilege(app, name, p)) THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO %I', name, app);
    END IF;
  END LOOP;
  IF NOT has_table_privilege(app, 'audit_log', 'INSERT') THEN
    EXECUTE format('GRANT SELECT, INSERT ON audit_log TO %I', app);
  END IF;
END $$;
