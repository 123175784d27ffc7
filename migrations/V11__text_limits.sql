-- The contract allows names of up to 500 characters and e-mail addresses of up to 254 (RFC 5321).
ALTER DOMAIN line_of_text DROP CONSTRAINT line_of_text_check;
ALTER DOMAIN line_of_text ADD CONSTRAINT line_of_text_check CHECK (char_length(VALUE) BETWEEN 1 AND 500);

ALTER DOMAIN email_address DROP CONSTRAINT email_address_check;
ALTER DOMAIN email_address ADD CONSTRAINT email_address_check CHECK (char_length(VALUE) BETWEEN 3 AND 254);
