package com.nineminds.alga.operator.provider;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The pages of a {@link TestProvider} for browsers: sign-in and sign-out, with a session. */
final class ProviderPages {

  private static final String COOKIE = "provider_session";

  private final Map<String, AuthenticationRequest> asked = new ConcurrentHashMap<>();
  private final Map<String, Person> sessions = new ConcurrentHashMap<>();
  private final TestProvider provider;
  private final ProviderServer server;
  private final IdTokens tokens;
  private final ProviderGrants grants;

  ProviderPages(
      TestProvider provider, ProviderServer server, IdTokens tokens, ProviderGrants grants) {
    this.provider = provider;
    this.server = server;
    this.tokens = tokens;
    this.grants = grants;
  }

  boolean isSignedIn(String username) {
    return sessions.values().stream().anyMatch(person -> person.username().equals(username));
  }

  void answer(HttpExchange exchange, URI page) throws IOException {
    try {
      if (page.equals(provider.metadata().getAuthorizationEndpointURI())) {
        authorize(exchange);
      } else if (page.equals(provider.metadata().getEndSessionEndpointURI())) {
        signOut(exchange);
      } else if (page.getPath().equals("/continue")) {
        goOn(exchange);
      } else {
        server.text(exchange, 404, "nothing here");
      }
    } catch (ParseException e) {
      server.text(exchange, 400, e.getMessage());
    }
  }

  private void authorize(HttpExchange exchange) throws IOException, ParseException {
    AuthenticationRequest request =
        AuthenticationRequest.parse(exchange.getRequestURI().getRawQuery());
    requireGood(request);
    Person person = sessions.getOrDefault(server.cookie(exchange, COOKIE), null);
    if (person != null) {
      sendBack(exchange, request, person);
      return;
    }
    String id = UUID.randomUUID().toString();
    asked.put(id, request);
    server.html(exchange, ProviderServer.signInPage(id, provider.people().values()));
  }

  private void requireGood(AuthenticationRequest request) throws ParseException {
    require(request.getClientID().getValue().equals(TestProvider.CLIENT_ID), "unknown client_id");
    require(
        provider.mayRedirectTo(String.valueOf(request.getRedirectionURI())),
        "unknown redirect_uri");
    require(request.getResponseType().equals(ResponseType.CODE), "response_type is not code");
    require(request.getState() != null && request.getNonce() != null, "no state, or no nonce");
    require(
        request.getCodeChallenge() != null
            && CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod()),
        "no PKCE with S256");
  }

  private static void require(boolean good, String otherwise) throws ParseException {
    if (!good) {
      throw new ParseException(otherwise);
    }
  }

  private void goOn(HttpExchange exchange) throws IOException, ParseException {
    Map<String, String> form = server.form(exchange);
    AuthenticationRequest request = asked.remove(form.getOrDefault("request", ""));
    Person person = provider.people().get(form.get("person"));
    require(request != null && person != null, "unknown request or person");
    String session = UUID.randomUUID().toString();
    sessions.put(session, person);
    server.setCookie(exchange, COOKIE, session);
    sendBack(exchange, request, person);
  }

  private void sendBack(HttpExchange exchange, AuthenticationRequest request, Person person)
      throws IOException {
    State state = provider.has(Fault.WRONG_STATE) ? new State("another-state") : request.getState();
    Issuer says =
        new Issuer(provider.issuer() + (provider.has(Fault.WRONG_ISS_PARAMETER) ? "/other" : ""));
    URI back = request.getRedirectionURI();
    if (provider.has(Fault.ACCESS_DENIED)) {
      ErrorObject denied = OAuth2Error.ACCESS_DENIED;
      server.redirect(
          exchange,
          new AuthenticationErrorResponse(back, denied, state, says, ResponseMode.QUERY).toURI());
      return;
    }
    server.redirect(
        exchange,
        new AuthenticationSuccessResponse(
                back,
                grants.issue(request, person),
                null,
                null,
                state,
                null,
                says,
                ResponseMode.QUERY)
            .toURI());
  }

  /** Without a hint anybody could have made the link, so this provider asks, as many do. */
  private void signOut(HttpExchange exchange) throws IOException, ParseException {
    LogoutRequest request = LogoutRequest.parse(exchange.getRequestURI().getRawQuery());
    URI back = request.getPostLogoutRedirectionURI();
    String hint = request.getIDTokenHint() == null ? null : request.getIDTokenHint().serialize();
    require(hint == null || tokens.subjectOf(hint) != null, "unknown id_token_hint");
    require(
        request.getClientID() == null
            || request.getClientID().getValue().equals(TestProvider.CLIENT_ID),
        "unknown client_id");
    require(
        back == null || request.getClientID() != null || hint != null,
        "post_logout_redirect_uri of which client?");
    require(
        back == null || provider.mayRedirectAfterSignOutTo(back.toString()),
        "unknown post_logout_redirect_uri");
    if (hint == null) {
      server.html(exchange, "<h1>Do you want to sign out?</h1>");
      return;
    }
    String subject = tokens.subjectOf(hint);
    sessions.values().removeIf(person -> person.subject().equals(subject));
    if (back == null) {
      server.html(exchange, "<h1>Signed out</h1>");
    } else {
      server.redirect(exchange, back);
    }
  }
}
