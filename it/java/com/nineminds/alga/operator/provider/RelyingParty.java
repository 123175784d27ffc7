package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;

/**
 * A correct client of a {@link TestProvider}, made with Nimbus. It refuses only wrong answers.
 *
 * @param post true for {@code client_secret_post}, false for {@code client_secret_basic}
 */
record RelyingParty(
    OIDCProviderMetadata metadata,
    TestProvider provider,
    String secret,
    boolean post,
    State state,
    Nonce nonce,
    CodeVerifier verifier) {

  private static final ClientID ID = new ClientID(TestProvider.CLIENT_ID);

  static RelyingParty of(TestProvider provider) throws GeneralException, IOException {
    RelyingParty client =
        new RelyingParty(
            OIDCProviderMetadata.resolve(new Issuer(provider.issuer())),
            provider,
            provider.clientSecret(),
            false,
            new State(),
            new Nonce(),
            new CodeVerifier());
    provider.redirectTo(client.back());
    return client;
  }

  RelyingParty withSecret(String other, boolean sentByPost) {
    return new RelyingParty(metadata, provider, other, sentByPost, state, nonce, verifier);
  }

  /** The target of the provider's redirect. Any page is good enough. */
  URI back() {
    return provider.issuer().resolve("/jwks");
  }

  URI request() {
    return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid"), ID, back())
        .endpointURI(metadata.getAuthorizationEndpointURI())
        .state(state)
        .nonce(nonce)
        .codeChallenge(verifier, CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  AuthenticationResponse sentBack(String username) throws IOException, ParseException {
    return AuthenticationResponseParser.parse(provider.signIn(request(), username));
  }

  String code(String username) throws IOException, ParseException {
    return sentBack(username).toSuccessResponse().getAuthorizationCode().getValue();
  }

  HTTPResponse redeem(String code, CodeVerifier proof) throws IOException {
    Secret known = new Secret(secret);
    return new TokenRequest.Builder(
            metadata.getTokenEndpointURI(),
            post ? new ClientSecretPost(ID, known) : new ClientSecretBasic(ID, known),
            new AuthorizationCodeGrant(new AuthorizationCode(code), back(), proof))
        .build()
        .toHTTPRequest()
        .send();
  }

  HTTPResponse redeemed(String username) throws IOException, ParseException {
    return redeem(code(username), verifier);
  }

  /** The ID token, unverified. */
  String signIn(String username) throws IOException, ParseException {
    return (String) redeemed(username).getBodyAsJSONObject().get("id_token");
  }

  JWKSet keys() throws IOException, java.text.ParseException {
    return JWKSet.load(metadata.getJWKSetURI().toURL());
  }

  IDTokenClaimsSet validated(String idToken, JWKSet keys)
      throws BadJOSEException, JOSEException, java.text.ParseException {
    JWSAlgorithm algorithm = JWSAlgorithm.parse(keys.getKeys().get(0).getAlgorithm().getName());
    return new IDTokenValidator(metadata.getIssuer(), ID, algorithm, keys)
        .validate(JWTParser.parse(idToken), nonce);
  }
}
