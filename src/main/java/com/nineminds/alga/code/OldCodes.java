package com.nineminds.alga.code;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Codes that are of no use to anybody any more. */
@ApplicationScoped
public class OldCodes {

  private static final Sql DELETE = Sql.file(OldCodes.class, "delete_old_codes");

  @Inject Database database;
  @Inject AuditLog auditLog;

  /**
   * Deletes codes that a newer one replaced that long ago, and no appliance came with. To redeem
   * one is to redeem a code that never was. Joins the caller's transaction.
   *
   * @param most how many at once
   * @return how many
   */
  public int delete(Duration age, int most) {
    return auditLog
        .bind(database.query(DELETE).with("age", age.toSeconds()).with("most", most), Actor.upkeep)
        .row(row -> row.number("n").intValue())
        .orElseThrow();
  }
}
