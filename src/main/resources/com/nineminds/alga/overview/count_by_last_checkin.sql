-- Counts the appliances by the hour of their last check-in. Reads all appliances. Locks nothing.
-- A result row counts the appliances of the nth hour, from 1. The row 0 counts earlier check-ins. The row null
-- counts the appliances that never checked in.
/* planned for its values */
SELECT width_bucket(last_checkin_at, :hours) AS nth, count(*) AS n,
       count(*) FILTER (WHERE revoked_at IS NULL
         AND last_checkin_at > :two_days_ago) AS active,
       count(*) FILTER (WHERE revoked_at IS NULL
         AND coalesce(last_checkin_at, registered_at) < :week_ago) AS silent
FROM appliances GROUP BY nth
