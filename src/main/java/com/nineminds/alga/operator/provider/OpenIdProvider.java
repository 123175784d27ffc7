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
 * The OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636): where
 * to send a browser, and who it is that comes back.
 */
@ApplicationScoped
class OpenIdProvider {

  private static final int TIMEOUT_MILLIS = 5_000;

  /** The library waits half a minute, in which nobody can sign in after keys that came late. */
  private static final int FEWEST_MILLIS_BETWEEN_KEYS = 1_000;

  private static final int LONGEST_ANSWER = 1024 * 1024;

  /** Five minutes, and one for the way. */
  private static final int CLOCKS_DIFFER_BY_SECONDS = 360;

  private static final String CONFIGURATION = "/.well-known/openid-configuration";

  @Inject OperatorSettings settings;
  @Inject SignInTries tries;

  /** Requests to the provider at once, for strangers and for browsers that signed in before. */
  private final Places ofStrangers = new Places(10, 3);

  private final Places ofKnownBrowsers = new Places(10, 5);
  private volatile Known known;

  /** What the provider says of itself, and the keys that it signs with: fetched when needed. */
  private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

  /** Where the browser is to go. Throws {@link ProviderFailed}. */
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
   * @param issuer whom the answer says to come from (RFC 9207); null when it does not say
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

  /** An answer without end, or one that never ends, would take the memory or the thread. */
  private static String limited(InputStream in) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    byte[] some = new byte[8 * 1024];
    for (int count = in.read(some); count >= 0; count = in.read(some)) {
      bytes.write(some, 0, count);
      if (bytes.size() > LONGEST_ANSWER || System.nanoTime() > end) {
        throw new GeneralException("its answer is too long, or takes too long");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * Anybody can have the provider asked, and while it is slow each of them keeps a thread. So a
   * network has few places, and what the provider answers with no costs it a try.
   */
  private <T> T ask(Attempt attempt, Callable<T> question) throws Exception {
    Places places = attempt.browser().isPresent() ? ofKnownBrowsers : ofStrangers;
    Optional<Places.Place> place = places.take(attempt.client());
    if (place.isEmpty()) {
      throw new ProviderFailed("busy", "too many wait for it already");
    }
    try {
      if (tries.take(attempt).isPresent()) {
        throw new ProviderFailed("tries", "too many failed from this network or browser");
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
      throw new GeneralException("the answer is not of this issuer");
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

  /** Only a document of the provider that was asked, which leads nowhere without TLS. */
  private OIDCProviderMetadata trusted(OIDCProviderMetadata metadata) throws Exception {
    String issuer = metadata.getIssuer().getValue();
    if (!ours().discoveryUrl().toString().equals(issuer.replaceFirst("/$", "") + CONFIGURATION)) {
      throw new GeneralException("its configuration is that of another issuer, " + issuer);
    }
    for (URI endpoint :
        new URI[] {
          metadata.getAuthorizationEndpointURI(),
          metadata.getTokenEndpointURI(),
          metadata.getJWKSetURI()
        }) {
      if (endpoint == null || !OperatorSettings.isConfidential(endpoint)) {
        throw new GeneralException("its configuration names an address without TLS, " + endpoint);
      }
    }
    return metadata;
  }

  /** Only signatures by keys that the provider publishes; a shared secret or "none" is none. */
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
