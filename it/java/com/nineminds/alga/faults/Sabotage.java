package com.nineminds.alga.faults;

import com.nineminds.alga.harness.Sql;

/**
 * Makes a database fail when the service writes to it, until this is undone. The failure is
 * PL/pgSQL code that runs as superuser.
 */
record Sabotage(Sql sql) {

  /** Counts in {@code failures}, even if the transaction is rolled back. */
  static final String COUNT = "PERFORM nextval('failures'); ";

  /** Runs once for each database. */
  void prepare() {
    sql.update("CREATE SEQUENCE failures");
  }

  /** Fails before the work writes to the table that only this kind of work writes to. */
  void at(Work work, String body) {
    at(work == Work.check_in ? "appliances" : "audit_log", body);
  }

  /** Fails before a row of the table is written. */
  void at(String table, String body) {
    create(body);
    sql.update(
        "CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON "
            + table
            + " FOR EACH ROW EXECUTE FUNCTION fail()");
  }

  /** Fails at the commit of every transaction that writes to the audit log. */
  void atCommit(String body) {
    create(body);
    sql.update(
        """
        CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON audit_log DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION fail()
        """);
  }

  /** How often {@link #COUNT} ran since the last {@link #undo}, but at least 1. */
  long count() {
    return sql.one(Long.class, "SELECT last_value FROM failures");
  }

  /** Removes the failure, and ends all sleeping statements. */
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
