package com.nineminds.alga.license;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;

/** {@code GET /.well-known/jwks.json}: the public license keys (RFC 7517). */
@Path("/.well-known/jwks.json")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class JwksResource {

  private static final int FIVE_MINUTES = 300;

  @Inject LicenseSettings settings;

  @GET
  public Response keys() {
    JsonWebKeySet keys = new JsonWebKeySet();
    settings
        .keys()
        .published()
        .forEach(
            (kid, publicKey) -> {
              EllipticCurveJsonWebKey key = new EllipticCurveJsonWebKey(publicKey);
              key.setKeyId(kid);
              key.setUse(Use.SIGNATURE);
              key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
              keys.addJsonWebKey(key);
            });
    CacheControl cache = new CacheControl();
    cache.setMaxAge(FIVE_MINUTES);
    return Response.ok(keys.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
        .cacheControl(cache)
        .build();
  }
}
