package com.nineminds.alga.code;

import com.nineminds.alga.http.NoStore;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST /claim-codes}: mints a fresh code for a subscription. */
@Path("/claim-codes")
@ApplicationScoped
@ServiceAuth
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ClaimCodesResource {

  @Inject Minting minting;

  @POST
  public Response mint(@Members("stripe_sub_id") Body body) {
    String stripeSubId = body.required("stripe_sub_id", body.text("stripe_sub_id"));
    body.check();
    MintedCode minted = minting.mint(stripeSubId);
    return Response.status(Response.Status.CREATED)
        .entity(new Minted(minted.code().value(), minted.expiresAt().getEpochSecond()))
        .build();
  }

  /** The answer. {@code expires_at} is in Unix seconds. */
  public record Minted(String code, long expiresAt) {

    /** Does not show the code. */
    @Override
    public String toString() {
      return "Minted[expiresAt=" + expiresAt + "]";
    }
  }
}
