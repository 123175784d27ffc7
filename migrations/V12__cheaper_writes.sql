-- What a write costs, besides what it has to say.

-- A CHECK of a table is parsed and planned again by each statement that writes the table, for all columns; that
-- of a domain is kept, and asked only of a column that is set. So all that concerns one column is its domain.
CREATE DOMAIN edition AS text CHECK (VALUE IN ('essentials', 'pro', 'premium'));
CREATE DOMAIN product_code AS text CHECK (VALUE IN ('psa', 'algadesk'));
CREATE DOMAIN deployment_type AS text CHECK (VALUE IN ('appliance', 'hosted'));
CREATE DOMAIN tenant_status AS text
  CHECK (VALUE IN ('registered', 'installed', 'active', 'suspended', 'cancelled'));
CREATE DOMAIN tier AS text CHECK (VALUE IN ('pro', 'premium'));
CREATE DOMAIN transport AS text CHECK (VALUE IN ('connected', 'airgap'));
CREATE DOMAIN seats AS integer CHECK (VALUE >= 1);
CREATE DOMAIN line_of_text AS text CHECK (char_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN email_address AS text CHECK (char_length(VALUE) BETWEEN 3 AND 200);
CREATE DOMAIN last_4 AS text CHECK (char_length(VALUE) = 4);
CREATE DOMAIN sha_256 AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN appliance_id AS text COLLATE "C" CHECK (VALUE ~ '^[A-Za-z0-9._-]{1,128}$');

-- A change of a column that no index has is an update in place, if the row's block has room; any other writes
-- every index of the table. Each install changes the status twice, from one to another of those that many
-- tenants have: they are found soon along any order. Only the status of who is shut out has an index, by a
-- column that stays null for everybody else.
DROP INDEX tenant_registry_status;
ALTER TABLE tenant_registry
  DROP CONSTRAINT tenant_registry_edition_check,
  DROP CONSTRAINT tenant_registry_product_code_check,
  DROP CONSTRAINT tenant_registry_deployment_type_check,
  DROP CONSTRAINT tenant_registry_region_check,
  DROP CONSTRAINT tenant_registry_status_check,
  DROP CONSTRAINT tenant_registry_company_name_check,
  DROP CONSTRAINT tenant_registry_contact_name_check,
  DROP CONSTRAINT tenant_registry_contact_email_check,
  DROP CONSTRAINT tenant_registry_stripe_customer_id_check,
  ALTER COLUMN edition TYPE edition,
  ALTER COLUMN product_code TYPE product_code,
  ALTER COLUMN deployment_type TYPE deployment_type,
  ALTER COLUMN region TYPE line_of_text,
  ALTER COLUMN status TYPE tenant_status,
  ALTER COLUMN company_name TYPE line_of_text,
  ALTER COLUMN contact_name TYPE line_of_text,
  ALTER COLUMN contact_email TYPE email_address,
  ALTER COLUMN stripe_customer_id TYPE line_of_text,
  SET (fillfactor = 85);
ALTER TABLE tenant_registry
  ADD COLUMN shut_out text GENERATED ALWAYS AS
    (CASE WHEN status IN ('suspended', 'cancelled') THEN status END) STORED;
CREATE INDEX tenant_registry_shut_out ON tenant_registry (shut_out, registered_at DESC, tenant_id DESC)
  WHERE shut_out IS NOT NULL;
CREATE INDEX tenant_registry_shut_out_company
  ON tenant_registry (shut_out, (lower(company_name) COLLATE "C"), tenant_id)
  WHERE shut_out IS NOT NULL;

-- An entitlement is stored without its license, which is three times as long.
ALTER TABLE entitlements
  DROP CONSTRAINT entitlements_stripe_sub_id_check,
  DROP CONSTRAINT entitlements_customer_check,
  DROP CONSTRAINT entitlements_tier_check,
  DROP CONSTRAINT entitlements_seats_check,
  DROP CONSTRAINT entitlements_transport_check,
  ALTER COLUMN stripe_sub_id TYPE line_of_text,
  ALTER COLUMN customer TYPE line_of_text,
  ALTER COLUMN tier TYPE tier,
  ALTER COLUMN seats TYPE seats,
  ALTER COLUMN transport TYPE transport,
  SET (fillfactor = 25);

ALTER TABLE claim_codes
  DROP CONSTRAINT claim_codes_code_hash_check,
  DROP CONSTRAINT claim_codes_code_last4_check,
  ALTER COLUMN code_hash TYPE sha_256,
  ALTER COLUMN code_last4 TYPE last_4,
  SET (fillfactor = 85);

ALTER TABLE appliances
  DROP CONSTRAINT appliances_appliance_id_check,
  DROP CONSTRAINT appliances_credential_hash_check,
  ALTER COLUMN appliance_id TYPE appliance_id,
  ALTER COLUMN credential_hash TYPE sha_256,
  SET (fillfactor = 85);

ALTER TABLE audit_log
  DROP CONSTRAINT audit_log_operator_check,
  ALTER COLUMN operator TYPE line_of_text;
-- The events of one kind, the newest first: a rare one would be looked for among all of 30 days.
CREATE INDEX audit_log_event ON audit_log (event, id);
