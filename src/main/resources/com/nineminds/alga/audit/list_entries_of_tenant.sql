-- Reads a page of a tenant's audit rows with ids below :before, the newest first. Locks nothing.
-- A result row is an audit row.
SELECT id, at, actor, operator, operator_sub, event, tenant_id, subject, detail, address,
       request_id
FROM audit_log
WHERE tenant_id = :tenant_id AND id < :before ORDER BY id DESC LIMIT :limit
