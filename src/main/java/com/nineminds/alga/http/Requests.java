package com.nineminds.alga.http;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Gives each request its id, puts it into every log line, and ends the request with one log line
 * and one count by route and outcome.
 */
@ApplicationScoped
public class Requests {

  /** The header that carries a request's id, both ways. */
  public static final String REQUEST_ID = "X-Request-Id";

  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Logger LOG = Logger.getLogger("alga.request");

  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;

  /**
   * Begins the request at hand; gives its id.
   *
   * @param given the id that the client sent; another is made where that is null or not sane
   */
  public String begin(String given, String address) {
    String id =
        given != null && SANE_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    current.begin(System.nanoTime(), id, address);
    LogRecordContext.addExtension("request_id", id);
    return id;
  }

  /** Ends it; {@code route} as the contract names it, since no id or code may get into a metric. */
  public void end(String route, int status) {
    metrics
        .counter("alga_requests", new Tag("route", route), new Tag("outcome", current.outcome()))
        .inc();
    log(route, status, (System.nanoTime() - current.startedNanos()) / 1_000);
    LogRecordContext.removeExtension("request_id");
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
