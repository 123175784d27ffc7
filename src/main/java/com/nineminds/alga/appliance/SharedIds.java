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
 * Appliances of several tenants with one id, which machines choose by themselves. Neither evicts
 * the other: each has its own credential.
 */
@ApplicationScoped
public class SharedIds {

  /**
   * An appliance of somebody else.
   *
   * @param tenantId null where the registry does not know the tenant
   * @param companyName null where the registry does not know the tenant
   * @param registeredAt when it redeemed its code, the last time
   * @param lastCheckinAt null before the first
   */
  public record Namesake(
      String applianceId,
      UUID tenantId,
      String companyName,
      Instant registeredAt,
      Instant lastCheckinAt) {}

  private static final Sql NAMESAKES = Sql.file(SharedIds.class, "list_namesakes");

  @Inject Database database;

  /** The appliances of others that are called as one of the tenant's is, at most 100. */
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
