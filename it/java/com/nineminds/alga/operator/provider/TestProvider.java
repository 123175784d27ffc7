package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nineminds.alga.harness.Stage;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A small, real and strict OpenID provider. It has the code flow with state, nonce and PKCE (S256),
 * a page with a button for each person, and a session for the person's browser. It runs on
 * 127.0.0.1. For a browser it is therefore another site than a console on localhost, like every
 * real provider. A test can make it misbehave.
 *
 * <p>It does what its metadata says: an endpoint is only where the metadata has it, and the token
 * endpoint accepts only the methods that the metadata lists.
 */
public final class TestProvider implements AutoCloseable {

  /** The client id of the console. */
  public static final String CLIENT_ID = "alga-console";

  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  /** Characters that mean something in a form, in Basic authentication, or in neither. */
  private final String clientSecret = Stage.random(24) + "+/=%:\u00e9 &?%41\u20ac";

  private final Map<String, Person> people = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> redirects = ConcurrentHashMap.newKeySet();
  private final Set<String> redirectsAfterSignOut = ConcurrentHashMap.newKeySet();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final ProviderServer server;
  private final IdTokens tokens;
  private final ProviderGrants grants;
  private final ProviderPages pages;
  private volatile OIDCProviderMetadata metadata;
  private volatile Set<Fault> faults = Set.of();
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration ahead = Duration.ZERO;

  private TestProvider(JWSAlgorithm algorithm) throws IOException {
    this.server = new ProviderServer(this::answer);
    this.tokens = new IdTokens(issuer().toString(), CLIENT_ID, algorithm);
    this.grants = new ProviderGrants(this, server, tokens);
    this.pages = new ProviderPages(this, server, tokens, grants);
    this.metadata = ProviderMetadata.of(issuer());
    server.start();
  }

  /** Starts a provider that signs with RS256. */
  public static TestProvider start(Person... people) throws IOException {
    return start(JWSAlgorithm.RS256, people);
  }

  /** Starts a provider that signs with RS256 or ES256. */
  public static TestProvider start(JWSAlgorithm algorithm, Person... people) throws IOException {
    TestProvider provider = new TestProvider(algorithm);
    Arrays.stream(people).forEach(provider::add);
    return provider;
  }

  /** Lets a person sign in, or changes the claims of a known person. */
  public TestProvider add(Person person) {
    people.put(person.username(), person);
    return this;
  }

  /** Registers addresses for redirects after a sign-in. */
  public TestProvider redirectTo(URI... uris) {
    Arrays.stream(uris).map(URI::toString).forEach(redirects::add);
    return this;
  }

  /** Registers addresses for redirects after a sign-out. */
  public TestProvider redirectAfterSignOutTo(URI... uris) {
    Arrays.stream(uris).map(URI::toString).forEach(redirectsAfterSignOut::add);
    return this;
  }

  /** Changes the metadata, and with it the provider, from now on. */
  public void publish(Consumer<OIDCProviderMetadata> change) {
    OIDCProviderMetadata changed = ProviderMetadata.of(issuer());
    change.accept(changed);
    metadata = changed;
  }

  /** Sets the faults of the provider from now on. No argument means no fault. */
  public void misbehave(Fault... wrong) {
    faults = Set.of(wrong);
  }

  /** Delays every answer by that time from now on. */
  public void slow(Duration each) {
    delay = each;
    delays.clear();
  }

  /** Delays every answer at that path by that time from now on. */
  public void slow(String path, Duration each) {
    delays.put(path, each);
  }

  /** Lets codes grow older by that time. */
  public void later(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Signs with a new key and a new kid from now on, and does not publish the old key. */
  public void rotateKey() {
    tokens.rotate();
  }

  /** Signs with a new key under the old kid from now on. */
  public void replaceKey() {
    tokens.replace();
  }

  public URI issuer() {
    return server.base();
  }

  public String clientSecret() {
    return clientSecret;
  }

  /** All requests so far, such as {@code GET /authorize}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Whether a browser has a session of that person here. */
  public boolean isSignedIn(String username) {
    return pages.isSignedIn(username);
  }

  /**
   * Acts as a person in a browser: follows the console's redirect to the provider, and presses the
   * person's button. Returns the target of the provider's redirect.
   */
  public URI signIn(URI authorizationRequest, String username) throws IOException {
    return server.signIn(authorizationRequest, username);
  }

  @Override
  public void close() {
    server.close();
  }

  Map<String, Person> people() {
    return people;
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  Set<Fault> faults() {
    return faults;
  }

  OIDCProviderMetadata metadata() {
    return metadata;
  }

  Instant now() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  boolean mayRedirectTo(String uri) {
    return redirects.contains(uri);
  }

  boolean mayRedirectAfterSignOutTo(String uri) {
    return redirectsAfterSignOut.contains(uri);
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    Thread.sleep(delay.plus(delays.getOrDefault(path, Duration.ZERO)).toMillis());
    URI asked = issuer().resolve(path);
    if (path.equals(CONFIGURATION)) {
      configuration(exchange);
    } else if (asked.equals(metadata.getJWKSetURI())) {
      server.json(exchange, 200, tokens.jwks());
    } else if (asked.equals(metadata.getTokenEndpointURI())) {
      grants.token(exchange);
    } else if (asked.equals(metadata.getUserInfoEndpointURI())) {
      grants.userinfo(exchange);
    } else {
      pages.answer(exchange, asked);
    }
  }

  private void configuration(HttpExchange exchange) throws IOException {
    if (has(Fault.CONFIGURATION_500)) {
      server.text(exchange, 500, "planted");
      return;
    }
    String own = metadata.toString();
    boolean others = has(Fault.ANOTHER_ISSUERS_CONFIGURATION);
    server.json(
        exchange, 200, others ? own.replaceFirst("(\"issuer\":\"[^\"]*)", "$1/other") : own);
  }
}
