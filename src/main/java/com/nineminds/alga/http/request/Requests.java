package com.nineminds.alga.http.request;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Gives each request an id and adds it to every log line. At the end of a request it writes one log
 * line, and counts the request by route and outcome.
 */
@ApplicationScoped
public class Requests {

  /** The header that carries a request's id, both ways. */
  public static final String REQUEST_ID = "X-Request-Id";

  /** What a request has in place of a path if the server refuses it before any route. */
  public static final String REFUSED = "(refused)";

  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** Unknown methods are counted as OTHER, so that clients cannot create metric series. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private static final Logger LOG = Logger.getLogger("alga.request");

  /**
   * Keeps the counters, because finding one in the registry costs more than the rest of this class.
   */
  private final Map<Outcome, Counter> counted = new ConcurrentHashMap<>();

  private record Outcome(String route, String word) {}

  @Inject CurrentRequest current;
  @Inject MetricRegistry metrics;
  @Inject Proxies proxies;

  /**
   * Begins the current request. Returns its id: the id that the client sent if it is valid,
   * otherwise a new one.
   */
  public String begin(HttpServletRequest request) {
    String id = id(request.getHeader(REQUEST_ID));
    current.begin(System.nanoTime(), id, proxies.client(request));
    LogRecordContext.addExtension("request_id", id);
    return id;
  }

  /**
   * The id of a request.
   *
   * @param given the id that the client sent; null if it sent none
   */
  public String id(String given) {
    return given != null && SANE_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  /** The network of a request, as limits count it. It may be called before {@link #begin}. */
  public ClientNetwork client(HttpServletRequest request) {
    return ClientNetwork.of(proxies.client(request));
  }

  /**
   * Ends the current request: counts it and writes its log line.
   *
   * @param path of the route as the contract names it, since no id or code may get into a metric
   */
  public void end(String method, String path, int status) {
    String route = route(method, path);
    count(new Outcome(route, current.outcome()));
    log(route, status, (System.nanoTime() - current.startedNanos()) / 1_000);
    LogRecordContext.removeExtension("request_id");
  }

  /** Counts and logs a request that the server refuses before there is a current request. */
  public void refused(String method, int status, String outcome, String id) {
    String route = route(method, REFUSED);
    count(new Outcome(route, outcome));
    LOG.info(route + " " + status + " " + outcome + " request=" + id);
  }

  private static String route(String method, String path) {
    return (METHODS.contains(method) ? method : "OTHER") + " " + path;
  }

  private void count(Outcome one) {
    counted
        .computeIfAbsent(
            one,
            outcome ->
                metrics.counter(
                    "alga_requests",
                    new Tag("route", outcome.route()),
                    new Tag("outcome", outcome.word())))
        .inc();
  }

  private void log(String route, int status, long micros) {
    Map<LogField, Object> fields = current.fields();
    LogRecordContext.addExtension("route", route);
    LogRecordContext.addExtension("status_int", Integer.toString(status));
    LogRecordContext.addExtension("outcome", current.outcome());
    LogRecordContext.addExtension("duration_us_long", Long.toString(micros));
    fields.forEach((field, value) -> LogRecordContext.addExtension(field.name(), value.toString()));
    LOG.info(
        route
            + " "
            + status
            + " "
            + current.outcome()
            + " "
            + Math.round(micros / 100.0) / 10.0
            + " ms request="
            + current.id()
            + fields.entrySet().stream()
                .map(field -> " " + field.getKey().label() + "=" + field.getValue())
                .collect(Collectors.joining()));
    for (String name : List.of("route", "status_int", "outcome", "duration_us_long")) {
      LogRecordContext.removeExtension(name);
    }
    fields.keySet().forEach(field -> LogRecordContext.removeExtension(field.name()));
  }
}
