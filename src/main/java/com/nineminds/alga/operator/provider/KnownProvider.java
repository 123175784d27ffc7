package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nineminds.alga.operator.OperatorSettings;
import java.net.MalformedURLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The provider as its metadata describes it.
 *
 * @param client how the console proves its identity at the token endpoint
 * @param signers chooses the published keys that can have signed a token
 */
record KnownProvider(
    OIDCProviderMetadata metadata,
    ClientAuthentication client,
    JWSKeySelector<SecurityContext> signers) {

  /**
   * By default the library waits 30 s between two fetches of the keys. If new keys were published
   * late, nobody could sign in during that time.
   */
  private static final int FEWEST_MILLIS_BETWEEN_KEYS = 1_000;

  private static final long KEYS_LIVE_MILLIS = TimeUnit.MINUTES.toMillis(5);

  /** As long as one fetch, so that a person can wait for the fetch of another. */
  private static final long OTHERS_FETCH_MILLIS = 8_000;

  /** Five minutes for differing clocks, and one minute for the transfer. */
  private static final int CLOCKS_DIFFER_BY_SECONDS = 360;

  /**
   * Throws GeneralException if the provider offers no client authentication, or no signature, that
   * the console can use.
   */
  static KnownProvider of(OIDCProviderMetadata metadata, OperatorSettings.Provider ours)
      throws GeneralException, MalformedURLException {
    return new KnownProvider(metadata, client(metadata, ours), signers(metadata));
  }

  /** OpenID Connect Discovery: a provider that lists no method has client_secret_basic. */
  private static ClientAuthentication client(
      OIDCProviderMetadata metadata, OperatorSettings.Provider ours) throws GeneralException {
    ClientID id = new ClientID(ours.clientId());
    Secret secret = new Secret(ours.clientSecret());
    List<ClientAuthenticationMethod> offered = metadata.getTokenEndpointAuthMethods();
    if (offered == null || offered.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)) {
      return new ClientSecretBasic(id, secret);
    }
    if (offered.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)) {
      return new ClientSecretPost(id, secret);
    }
    throw new GeneralException(
        "the token endpoint accepts "
            + offered
            + ", but the console has only client_secret_basic and client_secret_post");
  }

  /**
   * Accepts only signatures by keys that the provider publishes, not by a shared secret, and not
   * "none".
   */
  private static JWSKeySelector<SecurityContext> signers(OIDCProviderMetadata metadata)
      throws GeneralException, MalformedURLException {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.SIGNATURE);
    // the library needs another library for these
    algorithms.removeAll(JWSAlgorithm.Family.ED);
    if (metadata.getIDTokenJWSAlgs() != null) {
      algorithms.retainAll(metadata.getIDTokenJWSAlgs());
    }
    if (algorithms.isEmpty()) {
      throw new GeneralException(
          "the provider signs ID tokens with "
              + metadata.getIDTokenJWSAlgs()
              + ", but the console accepts only signatures by published keys (such as RS256)");
    }
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(
                metadata.getJWKSetURI().toURL(), ProviderHttp::keys)
            .refreshAheadCache(false)
            .cache(KEYS_LIVE_MILLIS, OTHERS_FETCH_MILLIS)
            .rateLimited(FEWEST_MILLIS_BETWEEN_KEYS)
            .build();
    return new JWSVerificationKeySelector<>(algorithms, keys);
  }

  /** Checks an ID token: its signature, issuer, audience, times and nonce. */
  IDTokenClaimsSet checked(JWT idToken, Nonce nonce) throws BadJOSEException, JOSEException {
    IDTokenValidator validator =
        new IDTokenValidator(metadata.getIssuer(), client.getClientID(), signers, null);
    validator.setMaxClockSkew(CLOCKS_DIFFER_BY_SECONDS);
    return validator.validate(idToken, nonce);
  }

  /**
   * Checks a signed answer of the userinfo endpoint. It may leave out its issuer and its audience
   * (OpenID Connect Core 5.3.2).
   */
  JWTClaimsSet checkedUserinfo(JWT answer)
      throws BadJOSEException, JOSEException, GeneralException {
    if (!(answer instanceof SignedJWT signed)) {
      throw new GeneralException("the userinfo is encrypted, or a JWT without a signature");
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(signers);
    JWTClaimsSet claims = processor.process(signed, null);
    if ((claims.getIssuer() != null && !claims.getIssuer().equals(metadata.getIssuer().getValue()))
        || !(claims.getAudience().isEmpty()
            || claims.getAudience().contains(client.getClientID().getValue()))) {
      throw new GeneralException("the userinfo is of another issuer, or for another client");
    }
    return claims;
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return metadata.getIssuer().getValue();
  }
}
