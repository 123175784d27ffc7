-- The audit log: who changed what, for which tenant, when, and in which request. It never holds a secret. The app role
-- may only append to it.
CREATE TABLE audit_log (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT now(),
  event        text NOT NULL,
  tenant_id    uuid,
  subject      text,
  detail       text,
  actor        text NOT NULL,
  operator     line_of_text,
  -- The service bounds its length: a further CHECK would cost time in each statement that writes to the log.
  operator_sub text,
  request_id   text,
  address      text,
  CONSTRAINT audit_log_names_its_operator CHECK ((actor = 'operator') = (operator IS NOT NULL))
);

COMMENT ON TABLE audit_log IS
  'Who changed what, for which tenant, when, and in which request. Never a secret. The app role may only append.';
COMMENT ON COLUMN audit_log.at IS 'The start of the transaction that made the change.';
COMMENT ON COLUMN audit_log.event IS 'What happened. The Java enum AuditEvent lists the events.';
COMMENT ON COLUMN audit_log.tenant_id IS 'Null where no tenant is known.';
COMMENT ON COLUMN audit_log.subject IS
  'The object of the event: a subscription, an appliance, a masked code; null for the tenant itself.';
COMMENT ON COLUMN audit_log.detail IS
  'Further details: the masked code of a redeem, the former network of an appliance.';
COMMENT ON COLUMN audit_log.actor IS
  'service: a holder of the service secret. appliance: a machine. operator: an operator at the console.'
  ' anonymous: a sign-in that failed. upkeep: the service itself, without a request.';
COMMENT ON COLUMN audit_log.operator IS 'The name of the operator; null for every other actor.';
COMMENT ON COLUMN audit_log.operator_sub IS
  'The subject ("sub") of the operator at the OpenID provider. Names can change, and two people can have one name;'
  ' the subject is unique. Null for an operator with a password.';
COMMENT ON COLUMN audit_log.request_id IS 'The X-Request-Id of the request; null for the upkeep.';
COMMENT ON COLUMN audit_log.address IS 'The address of the client; null for the upkeep.';

CREATE INDEX audit_log_tenant ON audit_log (tenant_id, id DESC);

-- The events of one kind, newest first. Without it, a search for a rare event would read all events of 30 days.
CREATE INDEX audit_log_event ON audit_log (event, id);

-- The recent events of all tenants. Rows are stored in the order of time, so a small BRIN index is enough.
CREATE INDEX audit_log_at ON audit_log USING brin (at) WITH (autosummarize = on);

-- An appliance with an unknown credential may name the license that it holds. The log records this once a day for each
-- license, however often the appliance tries.
CREATE UNIQUE INDEX audit_log_credential_refused
  ON audit_log (subject, (CAST(at AT TIME ZONE 'UTC' AS date)))
  WHERE event = 'credential_refused';
