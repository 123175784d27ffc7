-- Some installations derive the same appliance_id. The tenant_id that a machine sends tells them apart when a code is
-- redeemed again. The column has no index, so the update that consumes a code still writes none (HOT).
ALTER TABLE claim_codes ADD COLUMN consumed_tenant_id uuid;

ALTER TABLE claim_codes ADD CONSTRAINT claim_codes_consumed_with_a_tenant_id
  CHECK (consumed_tenant_id IS NULL OR consumed_at IS NOT NULL);

COMMENT ON COLUMN claim_codes.consumed_tenant_id IS
  'The tenant_id that the machine sent when it redeemed the code; null if it sent none. It may be unknown to the registry.';
