package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nineminds.alga.http.request.Places;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.BegunSignIn;
import com.nineminds.alga.operator.signin.SignInTries;
import com.nineminds.alga.operator.signin.SignInTries.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636). This
 * class builds the address to which a browser is sent, and identifies the user who returns.
 */
@ApplicationScoped
class OpenIdProvider {

  private static final int TIMEOUT_MILLIS = 5_000;

  /**
   * By default the library waits 30 s between two fetches of the keys. If new keys were published
   * late, nobody could sign in during that time.
   */
  private static final int FEWEST_MILLIS_BETWEEN_KEYS = 1_000;

  private static final int LONGEST_ANSWER = 1024 * 1024;

  /** Five minutes for differing clocks, and one minute for the transfer. */
  private static final int CLOCKS_DIFFER_BY_SECONDS = 360;

  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  @Inject OperatorSettings settings;
  @Inject SignInTries tries;

  /**
   * Limits concurrent requests to the provider. Browsers that signed in before have their own
   * places.
   */
  private final Places ofStrangers = new Places(10, 3);

  private final Places ofKnownBrowsers = new Places(10, 5);
  private volatile Known known;

  /**
   * The metadata of the provider, and the check of ID tokens with its keys. Fetched when needed.
   */
  private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

  /** The address at the provider to which the browser is sent. Throws {@link ProviderFailed}. */
  URI authorization(BegunSignIn begun, Attempt attempt) {
    return ProviderFailed.unless(
        () -> {
          OperatorSettings.Provider ours = ours();
          return new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  Scope.parse(ours.scope()),
                  new ClientID(ours.clientId()),
                  callback())
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
   * nonce. Throws {@link ProviderFailed}.
   *
   * @param issuer the issuer that the answer names (RFC 9207); null if it names none
   */
  ProvidedIdentity identity(String code, String issuer, BegunSignIn begun, Attempt attempt) {
    return ProviderFailed.unless(
        () -> {
          Known provider = known(attempt);
          requireIssuer(issuer, provider.metadata());
          return ask(
              attempt,
              () ->
                  ProvidedIdentity.of(
                      provider
                          .validator()
                          .validate(
                              idToken(code, begun, provider.metadata().getTokenEndpointURI()),
                              new Nonce(begun.nonce())),
                      ours()));
        });
  }

  private JWT idToken(String code, BegunSignIn begun, URI endpoint) throws Exception {
    HTTPRequest request =
        new TokenRequest.Builder(
                endpoint,
                new ClientSecretBasic(
                    new ClientID(ours().clientId()), new Secret(ours().clientSecret())),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code), callback(), new CodeVerifier(begun.verifier())))
            .build()
            .toHTTPRequest();
    TokenResponse answer = OIDCTokenResponseParser.parse(send(request));
    if (!answer.indicatesSuccess()) {
      throw new GeneralException(answer.toErrorResponse().getErrorObject().getCode());
    }
    return ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens().getIDToken();
  }

  private static HTTPResponse send(HTTPRequest request) throws Exception {
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    HttpURLConnection connection = request.toHttpURLConnection();
    try {
      HTTPResponse answer = new HTTPResponse(connection.getResponseCode());
      InputStream in =
          answer.indicatesSuccess() ? connection.getInputStream() : connection.getErrorStream();
      if (in != null) {
        answer.setBody(limited(in));
      }
      if (connection.getContentType() != null) {
        answer.setContentType(connection.getContentType());
      }
      return answer;
    } finally {
      connection.disconnect();
    }
  }

  /**
   * Reads an answer with a limit on its length and its time. Otherwise an endless answer could take
   * all memory, or keep the thread.
   */
  private static String limited(InputStream in) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    byte[] some = new byte[8 * 1024];
    for (int count = in.read(some); count >= 0; count = in.read(some)) {
      bytes.write(some, 0, count);
      if (bytes.size() > LONGEST_ANSWER || System.nanoTime() > end) {
        throw new GeneralException("the answer is too long, or takes too long");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
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

  private static void requireIssuer(String said, OIDCProviderMetadata metadata) throws Exception {
    if (said == null
        ? metadata.supportsAuthorizationResponseIssuerParam()
        : !said.equals(metadata.getIssuer().getValue())) {
      throw new GeneralException("the answer does not name this issuer");
    }
  }

  private OperatorSettings.Provider ours() {
    return settings.provider().orElseThrow();
  }

  private URI callback() {
    return URI.create(settings.baseUrl() + "/admin/callback");
  }

  private Known known(Attempt attempt) throws Exception {
    Known present = known;
    if (present == null) {
      HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, ours().discoveryUrl());
      OIDCProviderMetadata metadata =
          ask(
              attempt,
              () -> trusted(OIDCProviderMetadata.parse(send(request).getBodyAsJSONObject())));
      present = new Known(metadata, validator(metadata));
      known = present;
    }
    return present;
  }

  /**
   * Accepts only the metadata of the configured provider, and only if its addresses use TLS or are
   * on this machine.
   */
  private OIDCProviderMetadata trusted(OIDCProviderMetadata metadata) throws Exception {
    String issuer = metadata.getIssuer().getValue();
    if (!ours().discoveryUrl().toString().equals(issuer.replaceFirst("/$", "") + CONFIGURATION)) {
      throw new GeneralException("the configuration names another issuer, " + issuer);
    }
    for (URI endpoint :
        new URI[] {
          metadata.getAuthorizationEndpointURI(),
          metadata.getTokenEndpointURI(),
          metadata.getJWKSetURI()
        }) {
      if (endpoint == null || !OperatorSettings.isConfidential(endpoint)) {
        throw new GeneralException("the configuration names an address without TLS, " + endpoint);
      }
    }
    return metadata;
  }

  /**
   * Accepts only signatures by keys that the provider publishes, not by a shared secret, and not
   * "none".
   */
  private IDTokenValidator validator(OIDCProviderMetadata metadata) throws Exception {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.SIGNATURE);
    algorithms.retainAll(metadata.getIDTokenJWSAlgs());
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(
                metadata.getJWKSetURI().toURL(),
                new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LONGEST_ANSWER))
            .rateLimited(FEWEST_MILLIS_BETWEEN_KEYS)
            .build();
    IDTokenValidator validator =
        new IDTokenValidator(
            metadata.getIssuer(),
            new ClientID(ours().clientId()),
            new JWSVerificationKeySelector<>(algorithms, keys),
            null);
    validator.setMaxClockSkew(CLOCKS_DIFFER_BY_SECONDS);
    return validator;
  }
}
