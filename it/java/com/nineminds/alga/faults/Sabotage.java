package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Sql;

/**
 * Makes a database fail at what the service writes, until it is undone. What is to happen is given
 * in PL/pgSQL, and done as superuser.
 */
record Sabotage(Sql sql) {

  /** Counts in {@code failures}, whatever becomes of the transaction. */
  static final String COUNT = "PERFORM nextval('failures'); ";

  /** Once for each database. */
  void prepare() {
    sql.update("CREATE SEQUENCE failures");
  }

  /** Happens before the work's first row is written to the table that only such work writes to. */
  void at(Work work, String body) {
    at(work == Work.check_in ? "appliances" : "audit_log", body);
  }

  /** Happens before a row of the table is written. */
  void at(String table, String body) {
    create(body);
    sql.update(
        "CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON "
            + table
            + " FOR EACH ROW EXECUTE FUNCTION fail()");
  }

  /** Happens at the commit of whatever is recorded in the audit log. */
  void atCommit(String body) {
    create(body);
    sql.update(
        """
        CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON audit_log DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION fail()
        """);
  }

  /** How often {@link #COUNT} was reached since it was last undone, at least 1. */
  long count() {
    return sql.one(Long.class, "SELECT last_value FROM failures");
  }

  /** From now on nothing fails; what sleeps is ended. */
  void undo() {
    sql.all(
        Boolean.class,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    sql.update("DROP FUNCTION IF EXISTS fail() CASCADE");
    sql.update("ALTER SEQUENCE failures RESTART");
  }

  private void create(String body) {
    sql.update(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN "
            + body
            + " RETURN NEW; END $$");
  }
}
