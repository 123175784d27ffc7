package com.nineminds.alga.http.request;

import jakarta.enterprise.context.RequestScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Facts about the current request: its id, the address of its client, and its outcome. The request
 * log, the metrics and the audit log read them.
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

  /**
   * The {@code X-Request-Id}: the id that the client sent if it is valid, otherwise a new one. Null
   * outside a request.
   */
  public String id() {
    return id;
  }

  /** The address of the client behind the trusted proxies; null outside a request. */
  public String address() {
    return address;
  }

  /** The network of that address, as limits count it; null outside a request. */
  public String network() {
    return address == null ? null : ClientNetwork.of(address).network();
  }

  /**
   * Sets the outcome of the request, a word for logs and metrics. It is {@code ok} until it is set.
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
   * @param value null removes the field
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
