package com.nineminds.alga.onboarding;

import com.nineminds.alga.download.DownloadLinks;
import com.nineminds.alga.http.NoStore;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.body.Body;
import com.nineminds.alga.http.body.Members;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * {@code POST /register-tenant}: registers a customer as a tenant and answers with its install
 * code.
 */
@Path("/register-tenant")
@ApplicationScoped
@ServiceAuth
@NoStore
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RegisterTenantResource {

  @Inject FirstRegistration first;
  @Inject RepeatedRegistration repeated;
  @Inject RegistrationSettings settings;
  @Inject DownloadLinks downloads;
  @Inject CurrentRequest current;

  @POST
  public Response register(
      @Members({
            "tenant_id",
            "company_name",
            "contact_email",
            "contact_name",
            "edition",
            "product_code",
            "deployment_type",
            "region",
            "stripe_customer_id",
            "stripe_sub_id",
            "seats",
            "transport"
          })
          Body body,
      @HeaderParam("Idempotency-Key") String idempotencyKey) {
    TenantForm form = TenantForm.read(body);
    IdempotencyKey key = IdempotencyKey.of(idempotencyKey, form);
    if (key == null && form.isRepeatable() && !settings.repeat().isZero()) {
      key = IdempotencyKey.ofRepeat(form);
    }
    Registered registered = register(form, key);
    current.log(TenantId.LOGGED, registered.tenant());
    current.outcome(registered.anew() ? "created" : "repeated");
    Response.ResponseBuilder response =
        Response.status(registered.anew() ? Response.Status.CREATED : Response.Status.OK);
    if (registered.anew()) {
      // RFC 9110 allows a relative address, so the service need not trust the Host header
      response.header(HttpHeaders.LOCATION, "/tenants/" + registered.tenant());
    }
    return response.entity(answer(registered)).build();
  }

  private Registered register(TenantForm form, IdempotencyKey key) {
    return first.create(form, key).orElseGet(() -> repeated.settle(form, key));
  }

  private Answer answer(Registered registered) {
    boolean coded = registered.code() != null;
    return new Answer(
        registered.tenant().toString(),
        coded ? registered.code().code().value() : null,
        coded ? downloads.until(registered.code().expiresAt()) : "",
        coded ? registered.code().expiresAt().getEpochSecond() : null,
        registered.edition(),
        registered.status());
  }

  /** The answer. {@code expires_at} is in Unix seconds. It is left out if there is no code. */
  public record Answer(
      String tenantId,
      @JsonbNillable String installCode,
      String downloadUrl,
      Long expiresAt,
      Edition edition,
      TenantStatus status) {

    /** Shows neither the code nor the link. */
    @Override
    public String toString() {
      return "Answer[tenantId=" + tenantId + ", expiresAt=" + expiresAt + "]";
    }
  }
}
