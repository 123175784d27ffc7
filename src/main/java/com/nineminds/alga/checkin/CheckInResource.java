package com.nineminds.alga.checkin;

import com.nineminds.alga.appliance.ApplianceProblem.InvalidCredential;
import com.nineminds.alga.appliance.Credential;
import com.nineminds.alga.guessing.FailedTries;
import com.nineminds.alga.guessing.SecretKind;
import com.nineminds.alga.http.NoStore;
import com.nineminds.alga.http.SlowIs503;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.license.License;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;

/** {@code POST /check-in}: refreshes the license of an appliance every day. */
@Path("/check-in")
@ApplicationScoped
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CheckInResource {

  private static final Pattern LICENSE_SUB = Pattern.compile("lic_[A-Za-z0-9_-]{1,100}");

  @Inject CheckIn checkIn;
  @Inject FailedTries failedTries;

  @POST
  @SlowIs503
  public CheckedIn checkIn(@Members({"appliance_credential", "current_license_sub"}) Body body) {
    String text = body.required("appliance_credential", body.string("appliance_credential"));
    String sub = body.string("current_license_sub");
    body.check();
    Credential credential = Credential.parse(text).orElseThrow(InvalidCredential::new);
    String license = sub != null && LICENSE_SUB.matcher(sub).matches() ? sub : null;
    return failedTries
        .counted(
            SecretKind.credential, credential.hash(), () -> checkIn.checkIn(credential, license))
        .map(CheckedIn::ok)
        .orElseGet(CheckedIn::revoked);
  }

  /** The answer: a license with its expiry in Unix seconds, or only the status {@code revoked}. */
  public record CheckedIn(String status, String jwt, Long exp) {

    private static CheckedIn ok(License license) {
      return new CheckedIn("ok", license.jwt(), license.expires().getEpochSecond());
    }

    private static CheckedIn revoked() {
      return new CheckedIn("revoked", null, null);
    }

    /** Does not show the license. */
    @Override
    public String toString() {
      return "CheckedIn[status=" + status + ", exp=" + exp + "]";
    }
  }
}
