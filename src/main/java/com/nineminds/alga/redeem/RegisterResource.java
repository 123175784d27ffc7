package com.nineminds.alga.redeem;

import com.nineminds.alga.appliance.ApplianceId;
import com.nineminds.alga.appliance.ApplianceSettings;
import com.nineminds.alga.code.ClaimCodes;
import com.nineminds.alga.code.TypedCode;
import com.nineminds.alga.guessing.FailedTries;
import com.nineminds.alga.guessing.SecretKind;
import com.nineminds.alga.http.NoStore;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /register}: redeems a code and answers with the identity of the appliance. */
@Path("/register")
@ApplicationScoped
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RegisterResource {

  @Inject Redemption redemption;
  @Inject ClaimCodes codes;
  @Inject FailedTries failedTries;
  @Inject ApplianceSettings settings;
  @Inject CurrentRequest current;

  @POST
  public Redeemed register(
      @Members({"claim_code", "appliance_id", "tenant_id", "expected_tenant_id"}) Body body) {
    String typed = body.required("claim_code", body.string("claim_code"));
    RedeemRequest request =
        new RedeemRequest(
            body.required("appliance_id", body.parsed("appliance_id", ApplianceId::new)),
            body.parsed("tenant_id", TenantId::parse),
            body.parsed("expected_tenant_id", TenantId::parse));
    body.check();
    TypedCode code = TypedCode.parse(typed);
    Identity identity =
        failedTries.counted(
            SecretKind.claim_code, codes.tryOf(code), () -> redemption.redeem(code, request));
    current.log(TenantId.LOGGED, identity.tenant());
    return Redeemed.of(identity, settings.checkInUrl());
  }

  /** The answer. It leaves out the members that the code does not bring. */
  public record Redeemed(
      String tenantId,
      Edition edition,
      String companyName,
      String contactEmail,
      String applianceCredential,
      String firstJwt,
      String checkInUrl) {

    private static Redeemed of(Identity identity, String checkInUrl) {
      boolean paid = identity.license() != null;
      return new Redeemed(
          identity.tenant() == null ? null : identity.tenant().toString(),
          identity.edition(),
          identity.companyName(),
          identity.contactEmail(),
          paid ? identity.credential().value() : null,
          paid ? identity.license().jwt() : null,
          paid ? checkInUrl : null);
    }

    /** Shows neither the credential nor the license. */
    @Override
    public String toString() {
      return "Redeemed[tenantId=" + tenantId + ", edition=" + edition + "]";
    }
  }
}
