package com.nineminds.alga.appliance;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.http.Body;
import com.nineminds.alga.http.NoStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /check-in}: the daily refresh of a license. */
@Path("/check-in")
@ApplicationScoped
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CheckInResource {

  @Inject CheckIn checkIn;

  @POST
  public CheckedIn checkIn(Body body) {
    String text = body.required("appliance_credential", body.string("appliance_credential"));
    // older clients send it; the license's sub never changes, so there is nothing to do with it
    body.string("current_license_sub");
    body.check();
    return checkIn.checkIn(Credential.parse(text).orElseThrow(InvalidCredential::new));
  }

  /**
   * The answer: a license with its expiry in unix seconds, or the word that there is none any more.
   */
  public record CheckedIn(String status, String jwt, Long exp) {

    static CheckedIn ok(String jwt, long exp) {
      return new CheckedIn("ok", jwt, exp);
    }

    static CheckedIn revoked() {
      return new CheckedIn("revoked", null, null);
    }
  }
}
