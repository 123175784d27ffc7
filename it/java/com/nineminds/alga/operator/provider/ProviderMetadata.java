package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.List;

/** The metadata that a {@link TestProvider} publishes at first. */
final class ProviderMetadata {

  private ProviderMetadata() {}

  static OIDCProviderMetadata of(URI issuer) {
    OIDCProviderMetadata metadata =
        new OIDCProviderMetadata(
            new Issuer(issuer), List.of(SubjectType.PUBLIC), issuer.resolve("/jwks"));
    metadata.setAuthorizationEndpointURI(issuer.resolve("/authorize"));
    metadata.setTokenEndpointURI(issuer.resolve("/token"));
    metadata.setUserInfoEndpointURI(issuer.resolve("/userinfo"));
    metadata.setEndSessionEndpointURI(issuer.resolve("/logout"));
    metadata.setResponseTypes(List.of(ResponseType.CODE));
    metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256));
    metadata.setTokenEndpointAuthMethods(
        List.of(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST));
    metadata.setSupportsAuthorizationResponseIssuerParam(true);
    return metadata;
  }
}
