-- Counts the tenants that never redeemed a code, and those that registered over a week ago. Reads all tenants.
-- Locks nothing. The one result row has both counts.
/* planned for its values */
SELECT count(*) AS n, count(*) FILTER (WHERE registered_at < :week_ago) AS for_a_week
FROM tenant_registry WHERE status = 'registered'
