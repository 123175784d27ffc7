package com.nineminds.alga.license;

import java.time.Instant;

/**
 * A signed license.
 *
 * @param jwt compact ES256 JWT
 * @param expires its {@code exp}, a whole second
 * @param fingerprint a digest of its content and its signing key, see {@link LicenseClaims}
 */
public record License(String jwt, Instant expires, String fingerprint) {

  /** Never shows the token. */
  @Override
  public String toString() {
    return "License[expires=" + expires + "]";
  }
}
