package com.nineminds.alga.appliance;

import com.nineminds.alga.harness.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** The claims that a verifier reads from a license, with the published keys. */
public record VerifiedLicense(Map<String, Object> claims, JsonWebStructure jws) {

  /** Fails unless one of the published keys signed the license and the license is not expired. */
  public static VerifiedLicense of(Api api, String jwt) {
    return of(api, jwt, Duration.ZERO);
  }

  /** Does the same for a verifier whose clock is off by up to {@code skew}. */
  public static VerifiedLicense of(Api api, String jwt, Duration skew) {
    String keys = api.send("GET", "/.well-known/jwks.json", null, Map.of()).body();
    try {
      JwtContext context =
          new JwtConsumerBuilder()
              .setVerificationKeyResolver(
                  new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
              .setJwsAlgorithmConstraints(
                  ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setRequireExpirationTime()
              .setSkipDefaultAudienceValidation()
              .setEvaluationTime(NumericDate.fromSeconds(Instant.now().plus(skew).getEpochSecond()))
              .build()
              .process(jwt);
      List<JsonWebStructure> layers = context.getJoseObjects();
      return new VerifiedLicense(context.getJwtClaims().getClaimsMap(), layers.get(0));
    } catch (InvalidJwtException | JoseException e) {
      throw new AssertionError(jwt, e);
    }
  }

  public String text(String claim) {
    return (String) claims.get(claim);
  }

  public long number(String claim) {
    return ((Number) claims.get(claim)).longValue();
  }

  public String header(String name) {
    return jws.getHeader(name);
  }
}
