package com.nineminds.alga.appliance;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.db.Database;
import com.nineminds.alga.db.Row;
import com.nineminds.alga.db.Sql;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * {@code POST /verify-appliance}: answers to whom a credential belongs, and whether its appliance
 * may use paid services.
 */
@Path("/verify-appliance")
@ApplicationScoped
@ServiceAuth
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class VerifyApplianceResource {

  private static final Sql VERIFY = Sql.file(VerifyApplianceResource.class, "verify_credential");

  @Inject Database database;
  @Inject CurrentRequest current;

  @POST
  public Verified verify(@Members("credential") Body body) {
    String text = body.required("credential", body.string("credential"));
    body.check();
    Verified verified =
        Credential.parse(text)
            .flatMap(
                credential ->
                    database
                        .query(VERIFY)
                        .with("credential_hash", credential.hash())
                        .row(Verified::of))
            .orElseThrow(InvalidCredential::new);
    current.log(TenantId.LOGGED, verified.tenantId());
    return verified;
  }

  /**
   * The answer.
   *
   * @param tenantId null if the appliance has no tenant
   * @param revoked always false, because a revoked credential is answered like an unknown
   *     credential
   * @param eligible whether its entitlement is active, and its tenant neither suspended nor
   *     cancelled
   */
  public record Verified(
      String applianceId,
      String tenantId,
      Edition edition,
      boolean revoked,
      boolean entitlementActive,
      boolean eligible) {

    static Verified of(Row row) {
      TenantStatus status = row.word("status", TenantStatus.class);
      boolean active = row.flag("active");
      return new Verified(
          row.text("appliance_id"),
          row.uuid("tenant_id") == null ? null : row.uuid("tenant_id").toString(),
          row.word("edition", Edition.class),
          false,
          active,
          active && (status == null || status.isOpen()));
    }
  }
}
