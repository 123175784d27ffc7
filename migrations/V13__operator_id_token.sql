-- The identity provider is told which of its sessions ends when an operator signs out at the console.
ALTER TABLE operator_sessions ADD COLUMN id_token text CHECK (char_length(id_token) <= 3500);

COMMENT ON COLUMN operator_sessions.id_token IS
  'The last ID token of the OpenID provider, as the hint of a sign-out there. It proves nothing to this service.'
  ' Null for an operator with a password, and for a token that is too long for an address.';
