package com.nineminds.alga.appliance;

import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /revoke}: ends a subscription or revokes one appliance. */
@Path("/revoke")
@ApplicationScoped
@ServiceAuth
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RevokeResource {

  @Inject Revocation revocation;

  @POST
  public Revoked revoke(@Members({"stripe_sub_id", "appliance_id", "tenant_id"}) Body body) {
    String stripeSubId = body.text("stripe_sub_id");
    ApplianceId appliance = body.parsed("appliance_id", ApplianceId::new);
    TenantId tenant = body.parsed("tenant_id", TenantId::parse);
    if (body.has("stripe_sub_id") == body.has("appliance_id")) {
      body.complain("stripe_sub_id", "or appliance_id is required, and not both");
    }
    body.check();
    if (appliance == null) {
      revocation.revokeEntitlement(stripeSubId);
    } else {
      revocation.revokeAppliance(appliance, tenant);
    }
    return new Revoked("revoked");
  }

  /** The answer. */
  public record Revoked(String status) {}
}
