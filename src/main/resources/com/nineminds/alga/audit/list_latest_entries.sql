-- Reads a page of the audit rows of the last 30 days with ids below :before, the newest first. Locks nothing.
-- The inner select takes the page first. A search for more rows of the last 30 days would read all rows before them.
-- A result row is an audit row.
SELECT * FROM (
  SELECT id, at, actor, operator, operator_sub, event, tenant_id, subject, detail, address,
         request_id
  FROM audit_log
  WHERE id < :before ORDER BY id DESC LIMIT :limit
) newest
WHERE at > now() - interval '30 days' ORDER BY id DESC
