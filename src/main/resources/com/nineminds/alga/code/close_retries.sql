-- Ends the retry window of the consumed codes of a revoked entitlement that have no tenant. Locks these codes.
-- Their appliance cannot redeem them again, even when the entitlement is active again later.
-- A result row is a code that was superseded.
UPDATE claim_codes SET superseded_at = now()
WHERE entitlement_id = :entitlement_id AND tenant_id IS NULL AND superseded_at IS NULL
  AND consumed_at IS NOT NULL
RETURNING id
