-- A migration that waits for a lock makes every later request on that table wait behind it. So it gives up soon, and the
-- start tries again (Migrations). Flyway runs this file in the transaction of each migration.
SET LOCAL lock_timeout = '2s';
