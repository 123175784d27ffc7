package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nineminds.alga.http.request.Places;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.BegunSignIn;
import com.nineminds.alga.operator.signin.SignInTries;
import com.nineminds.alga.operator.signin.SignInTries.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636). This
 * class builds the addresses to which a browser is sent, and identifies the user who returns.
 */
@ApplicationScoped
class OpenIdProvider {

  @Inject OperatorSettings settings;
  @Inject SignInTries tries;
  @Inject Discovery discovery;

  /**
   * Limits concurrent requests to the provider. Browsers that signed in before have their own
   * places.
   */
  private final Places ofStrangers = new Places(10, 3);

  private final Places ofKnownBrowsers = new Places(10, 5);

  /**
   * The end of a sign-in at the provider.
   *
   * @param idToken the ID token as the provider sent it
   */
  record Answer(ProvidedIdentity identity, String idToken) {

    /** Shows no token. */
    @Override
    public String toString() {
      return String.valueOf(identity);
    }
  }

  /** The address at the provider to which the browser is sent. Throws {@link ProviderFailed}. */
  URI authorization(BegunSignIn begun, Attempt attempt) {
    return ProviderFailed.unless(
        () -> {
          OperatorSettings.Provider ours = ours();
          return new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  Scope.parse(ours.scope()),
                  new ClientID(ours.clientId()),
                  at("/admin/callback"))
              .endpointURI(known(attempt).metadata().getAuthorizationEndpointURI())
              .state(new State(begun.state()))
              .nonce(new Nonce(begun.nonce()))
              .codeChallenge(new CodeVerifier(begun.verifier()), CodeChallengeMethod.S256)
              .build()
              .toURI();
        });
  }

  /**
   * Exchanges the code for an ID token, and checks its signature, issuer, audience, times and
   * nonce. Asks the userinfo endpoint for what the ID token does not say. Throws {@link
   * ProviderFailed}.
   *
   * @param issuer the issuer that the answer names (RFC 9207); null if it names none
   */
  Answer identity(String code, String issuer, BegunSignIn begun, Attempt attempt) {
    return ProviderFailed.unless(
        () -> {
          KnownProvider provider = known(attempt);
          requireIssuer(issuer, provider);
          return ask(attempt, () -> identity(code, begun, provider));
        });
  }

  /**
   * The address at the provider that ends the user's session there (OpenID Connect RP-Initiated
   * Logout 1.0); empty if the provider has none. Throws {@link ProviderFailed}.
   *
   * @param idToken an ID token of that session; without it the provider may ask the user
   */
  Optional<URI> signOut(Optional<String> idToken, Attempt attempt) {
    return ProviderFailed.unless(
        () -> {
          URI endpoint = known(attempt).metadata().getEndSessionEndpointURI();
          if (endpoint == null) {
            return Optional.empty();
          }
          JWT hint = idToken.isPresent() ? JWTParser.parse(idToken.get()) : null;
          ClientID client = new ClientID(ours().clientId());
          URI back = at("/admin/signed-out");
          return Optional.of(
              new LogoutRequest(endpoint, hint, null, client, back, null, null).toURI());
        });
  }

  private Answer identity(String code, BegunSignIn begun, KnownProvider known) throws Exception {
    try {
      OIDCTokens tokens = tokens(code, begun, known);
      Nonce nonce = new Nonce(begun.nonce());
      KnownProvider provider = known;
      IDTokenClaimsSet claims;
      try {
        claims = provider.checked(tokens.getIDToken(), nonce);
      } catch (BadJOSEException e) {
        provider = afterARotation(known, e);
        claims = provider.checked(tokens.getIDToken(), nonce);
      }
      Map<String, Object> userinfo =
          ProvidedIdentity.isComplete(claims, ours())
              ? Map.of()
              : userinfo(provider, tokens.getAccessToken(), claims.getSubject());
      return new Answer(
          ProvidedIdentity.of(claims, userinfo, ours()), tokens.getIDToken().getParsedString());
    } catch (Exception e) {
      if (!(e instanceof GeneralException answer)
          || !Objects.equals(answer.getErrorObject(), OAuth2Error.INVALID_GRANT)) {
        discovery.doubt();
      }
      throw e;
    }
  }

  private OIDCTokens tokens(String code, BegunSignIn begun, KnownProvider provider)
      throws Exception {
    TokenRequest request =
        new TokenRequest.Builder(
                provider.metadata().getTokenEndpointURI(),
                provider.client(),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code),
                    at("/admin/callback"),
                    new CodeVerifier(begun.verifier())))
            .build();
    TokenResponse answer =
        OIDCTokenResponseParser.parse(ProviderHttp.send(request.toHTTPRequest()));
    if (!answer.indicatesSuccess()) {
      ErrorObject error = answer.toErrorResponse().getErrorObject();
      String by = provider.client().getMethod().getValue();
      throw new GeneralException(
          "the token endpoint refused (%s): %s".formatted(by, words(error)), error);
    }
    OIDCTokens tokens = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
    if (tokens.getIDToken() == null) {
      throw new GeneralException("the token endpoint answered without an ID token");
    }
    return tokens;
  }

  /**
   * The provider with its keys of now, if a token could not be verified with the former ones. They
   * can have changed without a new id. Throws the failure if nothing newer is known, and also if
   * the failure has nothing to do with keys.
   */
  private KnownProvider afterARotation(KnownProvider former, BadJOSEException failure)
      throws Exception {
    if (failure instanceof BadJWTException) {
      throw failure;
    }
    return discovery.newerThan(former).orElseThrow(() -> failure);
  }

  /**
   * The claims of the userinfo endpoint; none if the provider has no such endpoint. The answer must
   * be about the same user as the ID token (OpenID Connect Core 5.3.2).
   */
  private static Map<String, Object> userinfo(
      KnownProvider provider, AccessToken token, Subject subject) throws Exception {
    URI endpoint = provider.metadata().getUserInfoEndpointURI();
    if (endpoint == null) {
      return Map.of();
    }
    UserInfoResponse answer =
        UserInfoResponse.parse(
            ProviderHttp.send(new UserInfoRequest(endpoint, token).toHTTPRequest()));
    if (!answer.indicatesSuccess()) {
      throw new GeneralException(
          "the userinfo endpoint refused: " + words(answer.toErrorResponse().getErrorObject()));
    }
    UserInfoSuccessResponse userinfo = answer.toSuccessResponse();
    Map<String, Object> claims =
        userinfo.getUserInfo() == null
            ? provider.checkedUserinfo(userinfo.getUserInfoJWT()).toJSONObject()
            : userinfo.getUserInfo().toJSONObject();
    if (!subject.getValue().equals(claims.get("sub"))) {
      throw new GeneralException("the userinfo is about another user");
    }
    return claims;
  }

  /** The code is for programs, and the description is what an administrator has to know. */
  private static String words(ErrorObject error) {
    return "status %d, %s, %s"
        .formatted(error.getHTTPStatusCode(), error.getCode(), error.getDescription());
  }

  /**
   * Asks the provider. Anybody can cause such a request, and a slow provider keeps a thread for
   * each. So a network has few places, and a request that fails costs a try.
   */
  private <T> T ask(Attempt attempt, Callable<T> question) throws Exception {
    Places places = attempt.browser().isPresent() ? ofKnownBrowsers : ofStrangers;
    Optional<Places.Place> place = places.take(attempt.client());
    if (place.isEmpty()) {
      throw new ProviderFailed("busy", "too many requests wait for it");
    }
    try {
      if (tries.take(attempt).isPresent()) {
        throw new ProviderFailed("tries", "too many sign-ins from this network or browser failed");
      }
      T answer = question.call();
      tries.giveBack(attempt);
      return answer;
    } finally {
      place.get().close();
    }
  }

  private static void requireIssuer(String said, KnownProvider provider) throws GeneralException {
    if (said == null
        ? provider.metadata().supportsAuthorizationResponseIssuerParam()
        : !said.equals(provider.metadata().getIssuer().getValue())) {
      throw new GeneralException("the answer does not name this issuer");
    }
  }

  private KnownProvider known(Attempt attempt) throws Exception {
    Optional<KnownProvider> fresh = discovery.fresh();
    return fresh.isPresent() ? fresh.get() : ask(attempt, discovery::fetch);
  }

  private OperatorSettings.Provider ours() {
    return settings.provider().orElseThrow();
  }

  private URI at(String path) {
    return URI.create(settings.baseUrl() + path);
  }
}
