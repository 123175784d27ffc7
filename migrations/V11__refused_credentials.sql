-- An appliance whose credential is not known, as after a restore from before it redeemed its code, may name
-- the license that it holds. That is recorded, once a day for each license however often it is sent.
CREATE UNIQUE INDEX audit_log_credential_refused
  ON audit_log (subject, (CAST(at AT TIME ZONE 'UTC' AS date)))
  WHERE event = 'credential_refused';
