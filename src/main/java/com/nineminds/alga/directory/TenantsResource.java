package com.nineminds.alga.directory;

import com.nineminds.alga.entitlement.Tier;
import com.nineminds.alga.http.ServiceAuth;
import com.nineminds.alga.http.request.CurrentRequest;
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
    return Page.of(search.page(ListRequest.read(uri.getQueryParameters()::getFirst)));
  }

  /** Shows one tenant. A text that is not a UUID gets {@code unknown_tenant} too. */
  @GET
  @Path("/{tenant_id}")
  public TenantDetails.Detail detail(@PathParam("tenant_id") String text) {
    TenantId id;
    try {
      id = TenantId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UnknownTenant();
    }
    current.log(TenantId.LOGGED, id);
    return details.of(id);
  }

  /** A page; {@code nextCursor} is null on the last page. */
  public record Page(List<Item> items, @JsonbNillable String nextCursor) {

    private static Page of(ListPage page) {
      return new Page(
          page.tenants().stream().map(Item::of).toList(),
          page.next() == null ? null : page.next().text());
    }
  }

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

    private static Item of(ListedTenant tenant) {
      return new Item(
          tenant.tenantId(),
          tenant.companyName(),
          tenant.contactEmail(),
          tenant.edition(),
          tenant.productCode(),
          tenant.status(),
          tenant.registeredAt(),
          tenant.installedAt(),
          tenant.stripeSubId(),
          tenant.tier(),
          tenant.seats(),
          tenant.entitlementActive(),
          tenant.lastCheckinAt(),
          tenant.applianceCount(),
          tenant.connected(),
          tenant.installCodeState());
    }
  }
}
