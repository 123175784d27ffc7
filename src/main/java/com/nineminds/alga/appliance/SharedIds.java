package com.nineminds.alga.appliance;

import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Appliances of several tenants with the same id. Machines choose their ids themselves. Such
 * appliances do not replace each other, because each one has its own credential.
 */
@ApplicationScoped
public class SharedIds {

  /**
   * An appliance of another tenant.
   *
   * @param tenantId null if the registry does not know the tenant
   * @param companyName null if the registry does not know the tenant
   * @param registeredAt when the appliance last redeemed a code
   * @param lastCheckinAt null before the first check-in
   */
  public record Namesake(
      String applianceId,
      UUID tenantId,
      String companyName,
      Instant registeredAt,
      Instant lastCheckinAt) {}

  private static final Sql NAMESAKES = Sql.file(SharedIds.class, "list_namesakes");

  @Inject Database database;

  /**
   * The appliances of other tenants that have the same id as an appliance of this tenant, at most
   * 100.
   */
  public List<Namesake> namesakes(TenantId tenant) {
    return database
        .query(NAMESAKES)
        .with("tenant_id", tenant.value())
        .rows(
            row ->
                new Namesake(
                    row.text("appliance_id"),
                    row.uuid("tenant_id"),
                    row.text("company_name"),
                    row.instant("registered_at"),
                    row.instant("last_checkin_at")));
  }
}
