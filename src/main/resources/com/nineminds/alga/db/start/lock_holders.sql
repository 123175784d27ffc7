-- The sessions that a migration waits for at this moment, one row for each. A role that is no superuser sees the name
-- of a session of another role, but not its statement.
SELECT DISTINCT 'session ' || holder.pid || ' of the role ' || coalesce(holder.usename, '?')
       || coalesce(' (' || nullif(holder.application_name, '') || ')', '')
FROM pg_stat_activity AS waiting
CROSS JOIN unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
JOIN pg_stat_activity AS holder ON holder.pid = blocking.pid
WHERE waiting.application_name = :application AND waiting.datname = current_database()
