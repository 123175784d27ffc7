package com.nineminds.alga.admin;

import com.nineminds.alga.db.Row;
import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.registry.Edition;
import com.nineminds.alga.registry.ProductCode;
import com.nineminds.alga.registry.RegistryProblem.UnknownTenant;
import com.nineminds.alga.registry.TenantId;
import com.nineminds.alga.registry.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** {@code GET /tenants} and {@code GET /tenants/{tenant_id}}. */
@Path("/tenants")
@ApplicationScoped
@ServiceAuth
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {

  @Inject TenantSearch search;
  @Inject TenantDetails details;
  @Inject CurrentRequest current;

  @GET
  public Page list(@Context UriInfo uri) {
    return search.page(ListRequest.read(uri.getQueryParameters()::getFirst));
  }

  @GET
  @Path("/{tenant_id}")
  public TenantDetails.Detail detail(@PathParam("tenant_id") String text) {
    TenantId id;
    try {
      id = TenantId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UnknownTenant();
    }
    current.tenant(id);
    return details.of(id);
  }

  /**
   * Which page.
   *
   * @param limit 1 to 200
   * @param after the last tenant of the page before; null for the first page
   */
  record ListRequest(TenantFilter filter, int limit, Cursor after) {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    /** Reads query parameters; an empty one counts as absent. Throws {@link InvalidRequest}. */
    static ListRequest read(Function<String, String> parameters) {
      Parameters given = new Parameters(parameters);
      TenantFilter filter = TenantFilter.read(given);
      Integer limit = given.read("limit", ListRequest::limit);
      Cursor after = given.read("cursor", Cursor::parse);
      if (!given.errors().isEmpty()) {
        throw new InvalidRequest(given.errors());
      }
      return new ListRequest(filter, limit == null ? DEFAULT_LIMIT : limit, after);
    }

    private static Integer limit(String text) {
      if (text.matches("[0-9]{1,3}")) {
        int limit = Integer.parseInt(text);
        if (limit >= 1 && limit <= MAX_LIMIT) {
          return limit;
        }
      }
      throw new IllegalArgumentException("must be a whole number from 1 to " + MAX_LIMIT);
    }
  }

  /** A page; {@code nextCursor} null on the last. */
  public record Page(List<Item> items, @JsonbNillable String nextCursor) {}

  /** A line of the list. */
  public record Item(
      UUID tenantId,
      String companyName,
      String contactEmail,
      Edition edition,
      ProductCode productCode,
      TenantStatus status,
      Instant registeredAt,
      @JsonbNillable Instant installedAt,
      @JsonbNillable String stripeSubId,
      @JsonbNillable Tier tier,
      @JsonbNillable Integer seats,
      @JsonbNillable Boolean entitlementActive,
      @JsonbNillable Instant lastCheckinAt,
      long applianceCount,
      boolean connected,
      String installCodeState) {

    static Item of(Row row) {
      String stripeSubId = row.text("stripe_sub_id");
      return new Item(
          row.uuid("tenant_id"),
          row.text("company_name"),
          row.text("contact_email"),
          row.word("edition", Edition.class),
          row.word("product_code", ProductCode.class),
          row.word("status", TenantStatus.class),
          row.instant("registered_at"),
          row.instant("installed_at"),
          stripeSubId,
          row.word("tier", Tier.class),
          row.integer("seats"),
          stripeSubId == null ? null : row.flag("active"),
          row.instant("last_checkin_at"),
          row.number("appliance_count"),
          row.flag("connected"),
          row.text("install_code_state"));
    }
  }
}
