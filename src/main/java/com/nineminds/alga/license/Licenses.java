package com.nineminds.alga.license;

import com.nineminds.alga.entitlement.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs licenses, and tells when a held license must be replaced. It does not use the database. */
@ApplicationScoped
public class Licenses {

  private static final String ISSUER = "nineminds-license";

  @Inject LicenseSettings settings;
  @Inject Clock clock;
  @Inject MetricRegistry metrics;

  /**
   * Signs a license that is valid from now on.
   *
   * @throws IllegalStateException if the signature cannot be made
   */
  public License sign(LicenseClaims claims) {
    String kid = settings.keys().kid();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(lifetime(claims.terms().transport()));
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    jws.setHeader("typ", "JWT");
    jws.setKeyIdHeaderValue(kid);
    jws.setPayload(payload(claims, now, expires));
    jws.setKey(settings.keys().privateKey());
    jws.setProviderContext(SignatureProvider.context());
    try {
      Timer.Context timing = metrics.timer("alga_license_signing").time();
      String jwt = jws.getCompactSerialization();
      timing.stop();
      metrics.counter("alga_licenses_signed", new Tag("kid", kid)).inc();
      return new License(jwt, expires, claims.fingerprint(kid));
    } catch (JoseException e) {
      throw new IllegalStateException("a license could not be signed", e);
    }
  }

  /**
   * Whether a held license can be given out again: its content is {@code claims}, the current key
   * signed it, and it is valid for at least {@code CONNECTED_LICENSE_DAYS - 1} days more.
   *
   * @param fingerprint of the held license; null if none is held
   * @param expires of the held license; null if none is held
   */
  public boolean isFresh(LicenseClaims claims, String fingerprint, Instant expires) {
    Duration least = settings.connected().minusDays(1);
    return expires != null
        && claims.fingerprint(settings.keys().kid()).equals(fingerprint)
        && !expires.isBefore(clock.instant().plus(least));
  }

  private Duration lifetime(Transport transport) {
    return transport == Transport.airgap ? settings.airgap() : settings.connected();
  }

  private static String payload(LicenseClaims claims, Instant now, Instant expires) {
    JwtClaims jwt = new JwtClaims();
    jwt.setIssuer(ISSUER);
    jwt.setSubject(claims.sub());
    jwt.setClaim("cust", claims.customer());
    jwt.setClaim("tier", claims.terms().tier().name());
    if (claims.terms().seats() != null) {
      jwt.setClaim("seats", claims.terms().seats());
    }
    jwt.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    jwt.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
    if (claims.audience() != null) {
      jwt.setAudience(claims.audience().toString());
    }
    return jwt.toJson();
  }
}
