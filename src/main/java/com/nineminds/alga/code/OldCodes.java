package com.nineminds.alga.code;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.db.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Codes that are of no use to anybody any more. */
@ApplicationScoped
public class OldCodes {

  /**
   * What stays: the newest code of each tenant and of each subscription, which tell what became of
   * it and whether it ever had one; and the one that brought an appliance's credential.
   */
  private static final String DELETE =
      """
      WITH old AS (
        SELECT id FROM claim_codes c
        WHERE superseded_at < now() - make_interval(secs => :age)
          AND NOT EXISTS (SELECT FROM appliances a WHERE a.claim_code_id = c.id)
          AND (entitlement_id IS NULL OR EXISTS (
            SELECT FROM claim_codes newer
            WHERE newer.entitlement_id = c.entitlement_id AND newer.created_at > c.created_at))
        ORDER BY superseded_at LIMIT :most
      ), code AS (
        DELETE FROM claim_codes USING old WHERE claim_codes.id = old.id
        RETURNING tenant_id, code_last4
      )
      """
          + AuditLog.with(
              AuditLog.row(AuditEvent.code_deleted, "tenant_id", "'****' || code_last4", "code"))
          + "SELECT count(*) AS n FROM code";

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
