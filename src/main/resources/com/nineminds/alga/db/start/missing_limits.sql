-- The time limits that the sessions of this role lack in this database, one row for each: the statement that makes the
-- limit the default of the role. A session that began before the default was set lacks the limit too.
SELECT 'ALTER ROLE CURRENT_USER IN DATABASE ' || quote_ident(current_database()) || ' SET ' || name || ' = '
       || quote_literal(value)
FROM (VALUES ('lock_timeout', '5s'),
             ('statement_timeout', '10s'),
             ('idle_in_transaction_session_timeout', '15s')) AS limits (name, value)
WHERE current_setting(name) <> value
