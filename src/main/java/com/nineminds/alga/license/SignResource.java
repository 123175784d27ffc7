package com.nineminds.alga.license;

import com.nineminds.alga.entitlement.Entitlement;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.entitlement.Transport;
import com.nineminds.alga.http.NoStore;
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

/** {@code POST /sign}: creates or renews a subscription, and signs a license for it. */
@Path("/sign")
@ApplicationScoped
@ServiceAuth
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SignResource {

  @Inject Signing signing;

  @POST
  public Signed sign(
      @Members({"stripe_sub_id", "tenant_id", "customer", "tier", "seats", "transport"})
          Body body) {
    Signing.Order order =
        new Signing.Order(
            body.required("stripe_sub_id", body.text("stripe_sub_id")),
            body.parsed("tenant_id", TenantId::parse),
            body.required("customer", body.name("customer")),
            new Entitlement.Terms(
                body.required("tier", body.word("tier", Tier.class)),
                body.number("seats", 1),
                body.required("transport", body.word("transport", Transport.class))));
    body.check();
    return Signed.of(signing.sign(order));
  }

  /** The answer; {@code exp} is in unix seconds. */
  public record Signed(String jwt, long exp, String sub) {

    private static Signed of(Signing.SignedLicense signed) {
      License license = signed.license();
      return new Signed(license.jwt(), license.expires().getEpochSecond(), signed.sub());
    }

    /** Does not show the license. */
    @Override
    public String toString() {
      return "Signed[sub=" + sub + ", exp=" + exp + "]";
    }
  }
}
