package com.nineminds.alga.onboarding;

import com.nineminds.alga.code.MintedCode;
import com.nineminds.alga.download.DownloadLinks;
import com.nineminds.alga.http.NoStore;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.EmailAddress;
import com.nineminds.alga.registry.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /install-codes/reissue}: mints a fresh code for a tenant. */
@Path("/install-codes/reissue")
@ApplicationScoped
@ServiceAuth
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReissueResource {

  @Inject Reissue reissue;
  @Inject DownloadLinks downloads;
  @Inject CurrentRequest current;

  @POST
  public Answer reissue(@Members({"tenant_id", "contact_email"}) Body body) {
    TenantId tenantId = body.parsed("tenant_id", TenantId::parse);
    EmailAddress email = body.typed("contact_email", EmailAddress::new);
    if (!body.has("tenant_id") && !body.has("contact_email")) {
      body.complain("tenant_id", "or contact_email is required");
    }
    body.check();
    Reissue.Reissued reissued = reissue.reissue(tenantId, email);
    current.log(TenantId.LOGGED, reissued.tenant());
    MintedCode code = reissued.code();
    return new Answer(
        reissued.tenant().toString(),
        code.code().value(),
        downloads.until(code.expiresAt()),
        code.expiresAt().getEpochSecond(),
        reissued.edition(),
        reissued.companyName());
  }

  /** The answer. {@code expires_at} is in Unix seconds. */
  public record Answer(
      String tenantId,
      String installCode,
      String downloadUrl,
      long expiresAt,
      Edition edition,
      String companyName) {

    /** Shows neither the code nor the link. */
    @Override
    public String toString() {
      return "Answer[tenantId=" + tenantId + ", expiresAt=" + expiresAt + "]";
    }
  }
}
