package com.nineminds.alga.operator.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ID tokens of a {@link TestProvider}, its keys, and the faults of both. */
final class IdTokens {

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Clock clock = Clock.systemUTC();
  private final String issuer;
  private final String audience;
  private final JWSAlgorithm algorithm;
  private final Map<String, String> subjects = new ConcurrentHashMap<>();
  private volatile JWK key;
  private int keys;

  IdTokens(String issuer, String audience, JWSAlgorithm algorithm) {
    this.issuer = issuer;
    this.audience = audience;
    this.algorithm = algorithm;
    rotate();
  }

  /** Signs with a new key and a new kid from now on. The old key is not published any more. */
  void rotate() {
    key = newKey("key-" + ++keys);
  }

  /** Signs with a new key under the same kid from now on. */
  void replace() {
    key = newKey(key.getKeyID());
  }

  /** The subject of an ID token; null if it was not issued here. */
  String subjectOf(String idToken) {
    return subjects.get(idToken);
  }

  /** The published keys. */
  String jwks() {
    return new JWKSet(key).toPublicJWKSet().toString();
  }

  /** An ID token for the sign-in of that person. */
  JWT issue(Person person, String nonce, Set<Fault> faults) {
    JWT token = idToken(claims(person, nonce, faults), faults);
    subjects.put(token.serialize(), person.subject());
    return token;
  }

  private JWT idToken(JWTClaimsSet claims, Set<Fault> faults) {
    try {
      if (faults.contains(Fault.UNSIGNED)) {
        return new PlainJWT(claims);
      }
      if (faults.contains(Fault.HMAC_BY_PUBLIC_KEY)) {
        SignedJWT token = new SignedJWT(header(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(key.toPublicJWK().toString()));
        return token;
      }
      JWSHeader header =
          faults.contains(Fault.NO_KID) ? new JWSHeader(algorithm) : header(algorithm);
      SignedJWT token = new SignedJWT(header, claims);
      sign(token, faults.contains(Fault.FOREIGN_KEY) ? newKey(key.getKeyID()) : key);
      return faults.contains(Fault.CHANGED_AFTER_SIGNING) ? changed(token, claims) : token;
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of that person as a JWT, for the userinfo endpoint. */
  JWT userinfo(Person person, Set<Fault> faults) {
    boolean others = faults.contains(Fault.USERINFO_JWT_FOR_ANOTHER_CLIENT);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer + (faults.contains(Fault.USERINFO_JWT_OF_ANOTHER_ISSUER) ? "/x" : ""))
            .audience(others ? "another-client" : audience)
            .subject(person.subject());
    person.claims().forEach(claims::claim);
    if (faults.contains(Fault.USERINFO_JWT_UNSIGNED)) {
      return new PlainJWT(claims.build());
    }
    try {
      SignedJWT answer = new SignedJWT(header(algorithm), claims.build());
      boolean forged = faults.contains(Fault.USERINFO_JWT_BY_FOREIGN_KEY);
      sign(answer, forged ? newKey(key.getKeyID()) : key);
      return answer;
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWTClaimsSet claims(Person person, String nonce, Set<Fault> faults) {
    Instant now = clock.instant();
    Instant issued = now;
    if (faults.contains(Fault.EXPIRED)) {
      issued = now.minus(Duration.ofHours(1));
    } else if (faults.contains(Fault.CLOCK_AHEAD)) {
      issued = now.plus(Duration.ofMinutes(5));
    } else if (faults.contains(Fault.CLOCK_BEHIND)) {
      issued = now.minus(Duration.ofMinutes(5));
    }
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(faults.contains(Fault.WRONG_ISSUER) ? issuer + "/other" : issuer)
            .audience(faults.contains(Fault.WRONG_AUDIENCE) ? "another-client" : audience)
            .subject(person.subject())
            .issueTime(Date.from(issued))
            .expirationTime(Date.from(issued.plus(LIFETIME)));
    if (!faults.contains(Fault.NO_NONCE)) {
      claims.claim("nonce", faults.contains(Fault.WRONG_NONCE) ? nonce + "x" : nonce);
    }
    person.ofIdToken().forEach(claims::claim);
    return claims.build();
  }

  private JWSHeader header(JWSAlgorithm signedBy) {
    return new JWSHeader.Builder(signedBy).keyID(key.getKeyID()).build();
  }

  private void sign(SignedJWT token, JWK signingKey) throws JOSEException {
    token.sign(
        signingKey instanceof ECKey ec
            ? new ECDSASigner(ec)
            : new RSASSASigner(signingKey.toRSAKey()));
  }

  /** An attacker's token: it has changed claims, and the signature of the original claims. */
  private static JWT changed(SignedJWT token, JWTClaimsSet claims) throws ParseException {
    JWTClaimsSet other = new JWTClaimsSet.Builder(claims).subject("sub-somebody-else").build();
    return new SignedJWT(
        token.getHeader().toBase64URL(), Base64URL.encode(other.toString()), token.getSignature());
  }

  private JWK newKey(String kid) {
    try {
      return algorithm.equals(JWSAlgorithm.ES256)
          ? new ECKeyGenerator(Curve.P_256)
              .keyID(kid)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(algorithm)
              .generate()
          : new RSAKeyGenerator(2048)
              .keyID(kid)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(algorithm)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
