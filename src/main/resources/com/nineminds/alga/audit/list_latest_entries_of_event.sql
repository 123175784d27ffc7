-- Reads a page of the rows of one event of the last 30 days with ids below :before, the newest first. Locks nothing.
-- The condition and the order name both columns of the index (event, id). With "event = :event ORDER BY id" the
-- planner may read all events in the order of their ids, for a rare event to the beginning of the log.
-- A result row is an audit row.
SELECT * FROM (
  SELECT id, at, actor, operator, operator_sub, event, tenant_id, subject, detail, address,
         request_id
  FROM audit_log
  WHERE event >= :event AND (event, id) < (:event, :before)
  ORDER BY event DESC, id DESC LIMIT :limit
) newest
WHERE at > now() - interval '30 days' ORDER BY id DESC
