package com.nineminds.alga.http;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Gives each request its id, puts it into every log line and into the answer, and ends the request
 * with one log line and one count by route and outcome.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
public class RequestLog implements ContainerRequestFilter, ContainerResponseFilter {

  static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Logger LOG = Logger.getLogger("alga.request");

  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    String given = request.getHeaderString(REQUEST_ID);
    String id =
        given != null && SANE_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    current.begin(System.nanoTime(), id, servletRequest.getRemoteAddr());
    LogRecordContext.addExtension("request_id", id);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(REQUEST_ID, current.id());
    String route = request.getMethod() + " " + path();
    metrics
        .counter("alga_requests", new Tag("route", route), new Tag("outcome", current.outcome()))
        .inc();
    log(route, response.getStatus(), (System.nanoTime() - current.startedNanos()) / 1_000);
    LogRecordContext.removeExtension("request_id");
  }

  /** The route as the contract names it, so that no id or code of a path gets into a metric. */
  private String path() {
    if (resource.getResourceClass() == null) {
      return "(unknown)";
    }
    String path = resource.getResourceClass().getAnnotation(Path.class).value();
    Path method = resource.getResourceMethod().getAnnotation(Path.class);
    return method == null ? path : path + method.value();
  }

  private void log(String route, int status, long micros) {
    Object tenant = current.tenant();
    LogRecordContext.addExtension("route", route);
    LogRecordContext.addExtension("status_int", Integer.toString(status));
    LogRecordContext.addExtension("outcome", current.outcome());
    LogRecordContext.addExtension("duration_us_long", Long.toString(micros));
    if (tenant != null) {
      LogRecordContext.addExtension("tenant_id", tenant.toString());
    }
    LOG.info(
        () ->
            "%s %d %s %.1f ms request=%s%s"
                .formatted(
                    route,
                    status,
                    current.outcome(),
                    micros / 1000.0,
                    current.id(),
                    tenant == null ? "" : " tenant=" + tenant));
    for (String name :
        new String[] {"route", "status_int", "outcome", "duration_us_long", "tenant_id"}) {
      LogRecordContext.removeExtension(name);
    }
  }
}
