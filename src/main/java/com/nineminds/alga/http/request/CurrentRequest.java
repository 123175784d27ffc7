package com.nineminds.alga.http.request;

import jakarta.enterprise.context.RequestScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of the request at hand: where it comes from, under which id, and what came of it.
 * The request log, the metrics and the audit log read it.
 */
@RequestScoped
public class CurrentRequest {

  private long startedNanos;
  private String id;
  private String address;
  private String outcome = "ok";
  private final Map<LogField, Object> fields = new LinkedHashMap<>();

  void begin(long nanos, String requestId, String remoteAddress) {
    startedNanos = nanos;
    id = requestId;
    address = remoteAddress;
  }

  long startedNanos() {
    return startedNanos;
  }

  /** The {@code X-Request-Id}: the client's own if it sent a sane one; null outside a request. */
  public String id() {
    return id;
  }

  /** The address of the client, behind the proxies that are trusted; null outside a request. */
  public String address() {
    return address;
  }

  /** The network that the address is of, as limits count it; null outside a request. */
  public String network() {
    return address == null ? null : ClientNetwork.of(address).network();
  }

  /**
   * Says what came of the request, a word for logs and metrics; {@code ok} until said otherwise.
   */
  public void outcome(String word) {
    outcome = word;
  }

  String outcome() {
    return outcome;
  }

  /**
   * Adds a field to the log line of the request.
   *
   * @param value null for a field that the line leaves out
   */
  public void log(LogField field, Object value) {
    if (value == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }
  }

  Map<LogField, Object> fields() {
    return fields;
  }
}
