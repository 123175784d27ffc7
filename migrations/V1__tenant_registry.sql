-- The customers: one row for each tenant. The service never deletes a row.
--
-- V1 to V9 are the baseline of the schema, one file for each table. A function, a trigger or a domain is in the file of
-- the first table that uses it. A later change of the schema is a new file: Flyway refuses a database that was migrated
-- with other versions of these files. R__app_role_grants.sql grants the rights on the tables; a new table needs a line
-- there.

-- The text search needs trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A rule that concerns one column is a domain, here and in the files that follow. PostgreSQL parses and plans a CHECK
-- of a table again for each statement that writes the table, whatever the statement changes. It keeps the CHECK of a
-- domain, and tests it only for a column that the statement sets.
CREATE DOMAIN edition AS text CHECK (VALUE IN ('essentials', 'pro', 'premium'));
CREATE DOMAIN product_code AS text CHECK (VALUE IN ('psa', 'algadesk'));
CREATE DOMAIN deployment_type AS text CHECK (VALUE IN ('appliance', 'hosted'));
CREATE DOMAIN tenant_status AS text
  CHECK (VALUE IN ('registered', 'installed', 'active', 'suspended', 'cancelled'));
CREATE DOMAIN line_of_text AS text CHECK (char_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN email_address AS text CHECK (char_length(VALUE) BETWEEN 3 AND 200);

CREATE TABLE tenant_registry (
  tenant_id          uuid PRIMARY KEY,
  edition            edition NOT NULL,
  product_code       product_code NOT NULL,
  deployment_type    deployment_type NOT NULL,
  region             line_of_text,
  status             tenant_status NOT NULL DEFAULT 'registered',
  shut_out           text GENERATED ALWAYS AS
                       (CASE WHEN status IN ('suspended', 'cancelled') THEN status END) STORED,
  company_name       line_of_text NOT NULL,
  contact_name       line_of_text,
  contact_email      email_address NOT NULL,
  stripe_customer_id line_of_text,
  registered_at      timestamptz NOT NULL DEFAULT now(),
  installed_at       timestamptz,
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now()
)
-- An update that changes no indexed column stays in its block (HOT) and writes no index, if the block has room.
WITH (fillfactor = 85);

COMMENT ON TABLE tenant_registry IS 'The customers: one row for each tenant. No row is ever deleted.';
COMMENT ON COLUMN tenant_registry.status IS
  'registered: no install yet. installed: a code was redeemed. active: an appliance checked in since then.'
  ' suspended, cancelled: an operator shut the tenant out.';
COMMENT ON COLUMN tenant_registry.shut_out IS
  'The status of a tenant that is suspended or cancelled; null for all others. It is indexed instead of status.';
COMMENT ON COLUMN tenant_registry.installed_at IS 'The last redeem of a code; null before the first.';

-- The tenants of an e-mail address, for the re-issue of a code.
CREATE INDEX tenant_registry_email ON tenant_registry (lower(contact_email));

-- The lists, newest first: all tenants, and those of one filter. Most tenants are psa on an appliance, so only the
-- rarer product and the rarer deployment have an index.
CREATE INDEX tenant_registry_newest ON tenant_registry (registered_at DESC, tenant_id DESC);
CREATE INDEX tenant_registry_edition ON tenant_registry (edition, registered_at DESC, tenant_id DESC);
CREATE INDEX tenant_registry_algadesk ON tenant_registry (registered_at DESC, tenant_id DESC)
  WHERE product_code = 'algadesk';
CREATE INDEX tenant_registry_hosted ON tenant_registry (registered_at DESC, tenant_id DESC)
  WHERE deployment_type = 'hosted';

-- The list in the order of the company names.
CREATE INDEX tenant_registry_company ON tenant_registry ((lower(company_name) COLLATE "C"), tenant_id);

-- The lists of suspended and of cancelled tenants, in both orders. The status itself has no index: each install changes
-- it twice, and such an update would write every index of the table. The other statuses are frequent, so a scan in
-- either order soon finds enough tenants with one of them.
CREATE INDEX tenant_registry_shut_out ON tenant_registry (shut_out, registered_at DESC, tenant_id DESC)
  WHERE shut_out IS NOT NULL;
CREATE INDEX tenant_registry_shut_out_company
  ON tenant_registry (shut_out, (lower(company_name) COLLATE "C"), tenant_id)
  WHERE shut_out IS NOT NULL;

-- The text search: any part of the company name or of the e-mail address.
CREATE INDEX tenant_registry_search ON tenant_registry
  USING gin (lower(company_name) gin_trgm_ops, lower(contact_email) gin_trgm_ops);

-- A statement that waited for a lock still sees the rows as they were when it began. A volatile function takes a new
-- snapshot, so this one also sees what others committed in the meantime.
CREATE FUNCTION is_open(tenant uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM tenant_registry t WHERE t.tenant_id = tenant AND t.status IN ('suspended', 'cancelled'));
END $$;

COMMENT ON FUNCTION is_open(uuid) IS
  'Whether a tenant may use what it bought, at the moment of the call. True for a tenant that is not in the registry.';
