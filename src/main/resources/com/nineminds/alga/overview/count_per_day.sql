-- Counts the registrations and the installs of each of the last 30 days. Locks nothing.
-- A result row counts one kind on the nth day (from 1); "lately" counts only the last 24 hours.
/* planned for its values */
SELECT 'registrations' AS what, width_bucket(registered_at, :days) AS nth, count(*) AS n,
       count(*) FILTER (WHERE registered_at > :day_ago) AS lately
FROM tenant_registry WHERE registered_at >= :since GROUP BY nth
UNION ALL
SELECT 'installs', width_bucket(at, :days) AS nth, count(*),
       count(*) FILTER (WHERE at > :day_ago)
FROM audit_log WHERE at >= :since AND event = 'code_redeemed' GROUP BY nth
