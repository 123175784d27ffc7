package com.nineminds.alga.code;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Deletes codes that nobody can use any more. */
@ApplicationScoped
public class OldCodes {

  private static final Sql DELETE = Sql.file(OldCodes.class, "delete_old_codes");

  @Inject Database database;
  @Inject AuditLog auditLog;

  /**
   * Deletes codes that were superseded at least {@code age} ago. Keeps the code that brought an
   * appliance its credential, and the newest codes. A redeem of a deleted code is refused as
   * unknown. Joins the caller's transaction.
   *
   * @param most the largest number of codes to delete in this call
   * @return the number of deleted codes
   */
  public int delete(Duration age, int most) {
    return auditLog
        .bind(database.query(DELETE).with("age", age.toSeconds()).with("most", most), Actor.upkeep)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }
}
