package com.nineminds.alga.operator.provider;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.minidev.json.JSONObject;

/** The codes and the access tokens of a {@link TestProvider}, and the endpoints that take them. */
final class ProviderGrants {

  private static final Duration CODE_LIFE = Duration.ofMinutes(1);

  private record Code(AuthenticationRequest request, Person person, Instant issued) {}

  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, String> accessTokenByUsedCode = new ConcurrentHashMap<>();
  private final Map<String, Person> personByAccessToken = new ConcurrentHashMap<>();
  private final TestProvider provider;
  private final ProviderServer server;
  private final IdTokens tokens;

  ProviderGrants(TestProvider provider, ProviderServer server, IdTokens tokens) {
    this.provider = provider;
    this.server = server;
    this.tokens = tokens;
  }

  AuthorizationCode issue(AuthenticationRequest request, Person person) {
    AuthorizationCode code = new AuthorizationCode();
    codes.put(code.getValue(), new Code(request, person, provider.now()));
    return code;
  }

  void token(HttpExchange exchange) throws IOException {
    if (provider.has(Fault.TOKEN_ENDPOINT_500)) {
      server.text(exchange, 500, "planted");
      return;
    }
    if (provider.has(Fault.TOKEN_ENDPOINT_GARBAGE)) {
      server.json(exchange, 200, "{\"access_token\": <html>");
      return;
    }
    if (provider.has(Fault.TOKEN_ENDPOINT_REDIRECTS)) {
      exchange.getResponseHeaders().set("Location", provider.issuer() + "/elsewhere");
      exchange.sendResponseHeaders(307, -1);
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      server.text(exchange, 405, "only POST");
      return;
    }
    try {
      TokenRequest request = TokenRequest.parse(authentic(server.nimbus(exchange)));
      answer(exchange, request, redeem(request));
    } catch (ParseException e) {
      ErrorObject error = e.getErrorObject();
      server.answer(
          exchange, new TokenErrorResponse(error == null ? OAuth2Error.INVALID_REQUEST : error));
    }
  }

  private void answer(HttpExchange exchange, TokenRequest request, Code code) throws IOException {
    BearerAccessToken accessToken = new BearerAccessToken();
    personByAccessToken.put(accessToken.getValue(), code.person());
    accessTokenByUsedCode.put(value(request), accessToken.getValue());
    String nonce = code.request().getNonce().getValue();
    JWT idToken = tokens.issue(code.person(), nonce, provider.faults());
    OIDCTokens both =
        provider.has(Fault.NO_ID_TOKEN)
            ? new OIDCTokens(accessToken, null)
            : new OIDCTokens(idToken, accessToken, null);
    if (provider.has(Fault.TOKEN_ENDPOINT_WORDY)) {
      String answer = new OIDCTokenResponse(both).toJSONObject().toJSONString();
      String padding = "{\"padding\":\"" + "x".repeat(2 * 1024 * 1024) + "\",";
      server.json(exchange, 200, padding + answer.substring(1));
      return;
    }
    server.answer(exchange, new OIDCTokenResponse(both));
  }

  /** Returns the request if the client proves its identity, in one way, and in a way we offer. */
  private HTTPRequest authentic(HTTPRequest request) throws ParseException {
    ClientAuthentication client = ClientAuthentication.parse(request);
    List<ClientAuthenticationMethod> offered = provider.metadata().getTokenEndpointAuthMethods();
    if (offered == null) {
      offered = List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }
    if (request.getBodyAsFormParameters().values().stream().anyMatch(all -> all.size() > 1)) {
      throw new ParseException("a parameter twice", OAuth2Error.INVALID_REQUEST);
    }
    boolean twice =
        request.getAuthorization() != null
            && request.getBodyAsFormParameters().containsKey("client_secret");
    boolean good =
        client instanceof PlainClientSecret known
            && !twice
            && offered.contains(client.getMethod())
            && client.getClientID().getValue().equals(TestProvider.CLIENT_ID)
            && known.getClientSecret().getValue().equals(provider.clientSecret());
    if (!good) {
      throw new ParseException("not this client", OAuth2Error.INVALID_CLIENT);
    }
    return request;
  }

  /** The data of the code. A code is used up also by a request that gets nothing for it. */
  private Code redeem(TokenRequest request) throws ParseException {
    if (!(request.getAuthorizationGrant() instanceof AuthorizationCodeGrant grant)) {
      throw new ParseException("only codes", OAuth2Error.UNSUPPORTED_GRANT_TYPE);
    }
    Code code = codes.remove(value(request));
    if (code == null) {
      revokeWhatTheCodeGot(value(request));
    }
    boolean good =
        code != null
            && provider.now().isBefore(code.issued().plus(CODE_LIFE))
            && grant.getRedirectionURI() != null
            && code.request()
                .getRedirectionURI()
                .toString()
                .equals(grant.getRedirectionURI().toString())
            && grant.getCodeVerifier() != null
            && CodeChallenge.compute(CodeChallengeMethod.S256, grant.getCodeVerifier())
                .equals(code.request().getCodeChallenge());
    if (!good) {
      throw new ParseException("not this code", OAuth2Error.INVALID_GRANT);
    }
    return code;
  }

  private static String value(TokenRequest request) {
    return ((AuthorizationCodeGrant) request.getAuthorizationGrant())
        .getAuthorizationCode()
        .getValue();
  }

  /** Somebody may have stolen the code and used it first (RFC 6749, 4.1.2). */
  private void revokeWhatTheCodeGot(String code) {
    String accessToken = accessTokenByUsedCode.get(code);
    if (accessToken != null) {
      personByAccessToken.remove(accessToken);
    }
  }

  void userinfo(HttpExchange exchange) throws IOException {
    if (provider.has(Fault.USERINFO_500)) {
      server.text(exchange, 500, "planted");
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Person person =
        authorization == null || !authorization.startsWith("Bearer ")
            ? null
            : personByAccessToken.get(authorization.substring("Bearer ".length()));
    if (person == null) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      server.text(exchange, 401, "unknown access token");
      return;
    }
    if (provider.faults().stream().anyMatch(fault -> fault.name().startsWith("USERINFO_JWT"))) {
      server.send(
          exchange, 200, "application/jwt", tokens.userinfo(person, provider.faults()).serialize());
      return;
    }
    JSONObject claims = new JSONObject(person.claims());
    claims.put("sub", person.subject() + (provider.has(Fault.USERINFO_OF_ANOTHER) ? "x" : ""));
    server.json(exchange, 200, claims.toString());
  }
}
