-- Names at an OpenID provider can change, and two people can have one name. The provider's subject ("sub") tells
-- people apart. It is null for operators with passwords. The service bounds its length: a CHECK would cost each
-- statement that writes the audit log, and a domain would rewrite the table.
ALTER TABLE audit_log ADD COLUMN operator_sub text;

ALTER TABLE operator_sessions
  ADD COLUMN operator_sub text,
  -- When the provider, or a password, last proved that the operator may use the console.
  ADD COLUMN vouched_at timestamptz NOT NULL DEFAULT now();
