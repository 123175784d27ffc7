-- Appends one audit row in the caller's transaction.
-- Locks nothing. The one result row is the id.
INSERT INTO audit_log (event, tenant_id, subject,
                       actor, operator, operator_sub, request_id, address)
VALUES (:event, :tenant_id, :subject,
        :actor, :operator, :operator_sub, :request_id, :address)
RETURNING id
