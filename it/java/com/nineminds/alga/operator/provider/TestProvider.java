package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nineminds.alga.harness.Stage;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small, real and strict OpenID provider. It has the code flow with state, nonce and PKCE (S256),
 * and a page with a button for each person. It runs on 127.0.0.1. For a browser it is therefore
 * another site than a console on localhost, like every real provider. A test can make it misbehave.
 */
public final class TestProvider implements AutoCloseable {

  /** The client id of the console. */
  public static final String CLIENT_ID = "alga-console";

  private record Code(AuthenticationRequest request, Person person) {}

  private final String clientSecret = Stage.random(24);
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, AuthenticationRequest> asked = new ConcurrentHashMap<>();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<URI> redirects = ConcurrentHashMap.newKeySet();
  private final ProviderServer server;
  private final IdTokens tokens;
  private volatile Set<Fault> faults = Set.of();
  private volatile Duration delay = Duration.ZERO;

  private TestProvider(JWSAlgorithm algorithm) throws IOException {
    this.server = new ProviderServer(this::before);
    this.tokens = new IdTokens(issuer().toString(), CLIENT_ID, algorithm);
    server.page("/.well-known/openid-configuration", this::configuration);
    server.page("/jwks", exchange -> server.json(exchange, 200, tokens.jwks()));
    server.page("/authorize", this::authorize);
    server.page("/continue", this::goOn);
    server.page("/token", this::token);
    server.page("/logout", this::logout);
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

  /** Allows redirects to these addresses, after a sign-in or a sign-out. */
  public TestProvider redirectTo(URI... uris) {
    redirects.addAll(List.of(uris));
    return this;
  }

  /** Sets the faults of the provider from now on. No argument means no fault. */
  public void misbehave(Fault... wrong) {
    faults = Set.of(wrong);
  }

  /** Delays every answer by that time from now on. */
  public void slow(Duration each) {
    delay = each;
  }

  /** Signs with a new key and a new kid from now on, and does not publish the old key. */
  public void rotateKey() {
    tokens.rotate();
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

  private void before(HttpExchange exchange) throws InterruptedException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    Thread.sleep(delay.toMillis());
  }

  private void configuration(HttpExchange exchange) throws IOException {
    String own = ProviderMetadata.of(issuer());
    boolean others = faults.contains(Fault.ANOTHER_ISSUERS_CONFIGURATION);
    server.json(
        exchange, 200, others ? own.replaceFirst("(\"issuer\":\"[^\"]*)", "$1/other") : own);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    try {
      AuthenticationRequest request =
          AuthenticationRequest.parse(exchange.getRequestURI().getRawQuery());
      String wrong = wrongWith(request);
      if (wrong != null) {
        server.text(exchange, 400, wrong);
        return;
      }
      String id = UUID.randomUUID().toString();
      asked.put(id, request);
      server.html(exchange, ProviderServer.signInPage(id, people.values()));
    } catch (ParseException e) {
      server.text(exchange, 400, e.getMessage());
    }
  }

  private String wrongWith(AuthenticationRequest request) {
    if (!request.getClientID().getValue().equals(CLIENT_ID)) {
      return "unknown client_id " + request.getClientID();
    }
    if (!redirects.contains(request.getRedirectionURI())) {
      return "unknown redirect_uri " + request.getRedirectionURI();
    }
    if (!request.getResponseType().equals(ResponseType.CODE)) {
      return "response_type is not code";
    }
    if (request.getState() == null || request.getNonce() == null) {
      return "no state, or no nonce";
    }
    return request.getCodeChallenge() == null
            || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
        ? "no PKCE with S256"
        : null;
  }

  private void goOn(HttpExchange exchange) throws IOException {
    Map<String, String> form = server.form(exchange);
    AuthenticationRequest request = asked.remove(form.getOrDefault("request", ""));
    Person person = people.get(form.get("person"));
    if (request == null || person == null) {
      server.text(exchange, 400, "unknown request or person");
      return;
    }
    State state =
        faults.contains(Fault.WRONG_STATE) ? new State("another-state") : request.getState();
    Issuer says =
        new Issuer(issuer() + (faults.contains(Fault.WRONG_ISS_PARAMETER) ? "/other" : ""));
    URI back = request.getRedirectionURI();
    if (faults.contains(Fault.ACCESS_DENIED)) {
      ErrorObject denied = OAuth2Error.ACCESS_DENIED;
      server.redirect(
          exchange,
          new AuthenticationErrorResponse(back, denied, state, says, ResponseMode.QUERY).toURI());
      return;
    }
    AuthorizationCode code = new AuthorizationCode();
    codes.put(code.getValue(), new Code(request, person));
    server.redirect(
        exchange,
        new AuthenticationSuccessResponse(
                back, code, null, null, state, null, says, ResponseMode.QUERY)
            .toURI());
  }

  private void token(HttpExchange exchange) throws IOException {
    if (faults.contains(Fault.TOKEN_ENDPOINT_500)) {
      server.text(exchange, 500, "planted");
      return;
    }
    if (faults.contains(Fault.TOKEN_ENDPOINT_GARBAGE)) {
      server.json(exchange, 200, "{\"access_token\": <html>");
      return;
    }
    try {
      TokenRequest request = TokenRequest.parse(server.nimbus(exchange));
      if (!authentic(request.getClientAuthentication())) {
        server.answer(exchange, new TokenErrorResponse(OAuth2Error.INVALID_CLIENT));
        return;
      }
      Code code = redeem(request);
      if (code == null) {
        server.answer(exchange, new TokenErrorResponse(OAuth2Error.INVALID_GRANT));
        return;
      }
      JWT idToken = tokens.issue(code.person(), code.request().getNonce().getValue(), faults);
      OIDCTokens both =
          faults.contains(Fault.NO_ID_TOKEN)
              ? new OIDCTokens(new BearerAccessToken(), null)
              : new OIDCTokens(idToken, new BearerAccessToken(), null);
      if (faults.contains(Fault.TOKEN_ENDPOINT_WORDY)) {
        String answer = new OIDCTokenResponse(both).toJSONObject().toJSONString();
        String padding = "{\"padding\":\"" + "x".repeat(2 * 1024 * 1024) + "\",";
        server.json(exchange, 200, padding + answer.substring(1));
        return;
      }
      server.answer(exchange, new OIDCTokenResponse(both));
    } catch (ParseException e) {
      server.answer(exchange, new TokenErrorResponse(OAuth2Error.INVALID_REQUEST));
    }
  }

  private boolean authentic(ClientAuthentication client) {
    return (client instanceof ClientSecretBasic || client instanceof ClientSecretPost)
        && client.getClientID().getValue().equals(CLIENT_ID)
        && ((PlainClientSecret) client).getClientSecret().getValue().equals(clientSecret);
  }

  /** The data of the code; null if the code is unknown or used, or if another client asks. */
  private Code redeem(TokenRequest request) {
    if (!(request.getAuthorizationGrant() instanceof AuthorizationCodeGrant grant)) {
      return null;
    }
    Code code = codes.remove(grant.getAuthorizationCode().getValue());
    boolean good =
        code != null
            && code.request().getRedirectionURI().equals(grant.getRedirectionURI())
            && grant.getCodeVerifier() != null
            && CodeChallenge.compute(CodeChallengeMethod.S256, grant.getCodeVerifier())
                .equals(code.request().getCodeChallenge());
    return good ? code : null;
  }

  private void logout(HttpExchange exchange) throws IOException {
    try {
      LogoutRequest request = LogoutRequest.parse(exchange.getRequestURI().getRawQuery());
      URI back = request.getPostLogoutRedirectionURI();
      if (back != null && !redirects.contains(back)) {
        server.text(exchange, 400, "unknown post_logout_redirect_uri " + back);
      } else if (back == null) {
        server.html(exchange, "<h1>Signed out</h1>");
      } else {
        server.redirect(exchange, back);
      }
    } catch (ParseException e) {
      server.text(exchange, 400, e.getMessage());
    }
  }
}
