-- Who the customers are: one row per installation, minted here and never deleted.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE tenant_registry (
  tenant_id          uuid PRIMARY KEY,
  edition            text NOT NULL CHECK (edition IN ('essentials', 'pro', 'premium')),
  product_code       text NOT NULL CHECK (product_code IN ('psa', 'algadesk')),
  deployment_type    text NOT NULL CHECK (deployment_type IN ('appliance', 'hosted')),
  region             text CHECK (char_length(region) BETWEEN 1 AND 200),
  status             text NOT NULL DEFAULT 'registered'
                       CHECK (status IN ('registered', 'installed', 'active', 'suspended', 'cancelled')),
  company_name       text NOT NULL CHECK (char_length(company_name) BETWEEN 1 AND 200),
  contact_name       text CHECK (char_length(contact_name) BETWEEN 1 AND 200),
  contact_email      text NOT NULL CHECK (char_length(contact_email) BETWEEN 3 AND 200),
  stripe_customer_id text CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 200),
  registered_at      timestamptz NOT NULL DEFAULT now(),
  installed_at       timestamptz,
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now()
);

-- The re-issue by e-mail.
CREATE INDEX tenant_registry_email ON tenant_registry (lower(contact_email));
-- The pages of GET /tenants: newest first, whole and by each filter. Only the rarer values of the two
-- columns that are nearly always at their default are worth an index.
CREATE INDEX tenant_registry_newest ON tenant_registry (registered_at DESC, tenant_id DESC);
CREATE INDEX tenant_registry_edition ON tenant_registry (edition, registered_at DESC, tenant_id DESC);
CREATE INDEX tenant_registry_status ON tenant_registry (status, registered_at DESC, tenant_id DESC);
CREATE INDEX tenant_registry_algadesk ON tenant_registry (registered_at DESC, tenant_id DESC)
  WHERE product_code = 'algadesk';
CREATE INDEX tenant_registry_hosted ON tenant_registry (registered_at DESC, tenant_id DESC)
  WHERE deployment_type = 'hosted';
-- The text search of GET /tenants, anywhere in the company's name or the e-mail.
CREATE INDEX tenant_registry_search ON tenant_registry
  USING gin (lower(company_name) gin_trgm_ops, lower(contact_email) gin_trgm_ops);
