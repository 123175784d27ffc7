package com.nineminds.alga.http.request;

import jakarta.enterprise.context.RequestScoped;

/**
 * What is known of the request at hand: who asks, under which id, and what came of it. The request
 * log, the metrics and the audit log read it.
 */
@RequestScoped
public class CurrentRequest {

  private long startedNanos;
  private String id;
  private String address;
  private String operator;
  private String operatorSubject;
  private String outcome = "ok";
  private Object tenantId;

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
    return address == null ? null : Source.of(address).network();
  }

  /** Says who is signed in at the console, 1 to 200 characters: what they change is theirs. */
  public void operator(String name) {
    operator(name, null);
  }

  /**
   * The same for somebody whom an OpenID provider knows.
   *
   * @param subject by which the provider tells people with one name apart; null without a provider
   */
  public void operator(String name, String subject) {
    operator = name;
    operatorSubject = subject;
  }

  /** Who is signed in at the console; null on every other route. */
  public String operator() {
    return operator;
  }

  /** By what an OpenID provider knows who is signed in; null for an operator with a password. */
  public String operatorSubject() {
    return operatorSubject;
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

  /** Says which tenant the request turned out to be about, for the log. */
  public void tenant(Object tenant) {
    tenantId = tenant;
  }

  Object tenant() {
    return tenantId;
  }
}
