-- Who changed what, on which tenant, when, in which request. Never a secret. Append-only for the app role.
CREATE TABLE audit_log (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL DEFAULT now(),
  actor      text NOT NULL,
  event      text NOT NULL,
  tenant_id  uuid,
  subject    text,
  request_id text,
  address    text
);

CREATE INDEX audit_log_tenant ON audit_log (tenant_id, id DESC);
