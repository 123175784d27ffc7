-- The limits on tries, for all nodes together. The library Bucket4j defines the columns.
CREATE TABLE rate_buckets (
  id         text PRIMARY KEY,
  state      bytea,
  expires_at bigint
);

COMMENT ON TABLE rate_buckets IS
  'The limits on tries, for all nodes together, as the library Bucket4j stores them. A missing row is a full budget.';
COMMENT ON COLUMN rate_buckets.id IS 'The name that the service gives to the budget.';
COMMENT ON COLUMN rate_buckets.state IS 'The state of the budget, in the format of the library.';
COMMENT ON COLUMN rate_buckets.expires_at IS
  'When the budget is full again, in milliseconds since 1970. The row can then be deleted.';

CREATE INDEX rate_buckets_expiry ON rate_buckets (expires_at);
