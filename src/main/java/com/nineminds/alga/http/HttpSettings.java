package com.nineminds.alga.http;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.digest.Sha256;
import java.security.MessageDigest;

/**
 * The service secret, the previous one during a rotation, and the number of our proxies. Only
 * digests of the secrets are kept.
 */
public final class HttpSettings {

  /** A shorter secret could be guessed. 24 random bytes have this length in base64. */
  private static final int SHORTEST_SECRET = 32;

  private final byte[] secret;
  private final byte[] previous;
  private final int proxies;

  private HttpSettings(byte[] secret, byte[] previous, int proxies) {
    this.secret = secret;
    this.previous = previous;
    this.proxies = proxies;
  }

  /**
   * Reads {@code ALGA_LICENSE_SERVICE_SECRET}, {@code ALGA_LICENSE_SERVICE_SECRET_PREVIOUS} (each
   * of 32 characters or more) and {@code TRUSTED_PROXY_HOPS}.
   */
  public static HttpSettings read(Settings settings) {
    String name = "ALGA_LICENSE_SERVICE_SECRET";
    byte[] secret = digest(name, settings.required(name));
    byte[] previous =
        settings
            .text(name + "_PREVIOUS")
            .map(text -> digest(name + "_PREVIOUS", text))
            .orElse(secret);
    return new HttpSettings(secret, previous, settings.number("TRUSTED_PROXY_HOPS", 0, 0, 10));
  }

  /** How many of our proxies a request passes before this node, one behind the other. */
  public int proxies() {
    return proxies;
  }

  /** Whether the text is the current or the previous service secret. Compares in constant time. */
  public boolean isServiceSecret(String given) {
    byte[] digest = Sha256.of(given);
    // always compares both, so that the time does not tell which one matched
    boolean isCurrent = MessageDigest.isEqual(digest, secret);
    boolean isPrevious = MessageDigest.isEqual(digest, previous);
    return isCurrent || isPrevious;
  }

  private static byte[] digest(String name, String secret) {
    if (secret.isBlank() || !secret.equals(secret.strip())) {
      throw new IllegalSetting(name, "must not be blank, nor begin or end with space");
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalSetting(
          name,
          "must have at least %d characters; make one with: openssl rand -base64 32"
              .formatted(SHORTEST_SECRET));
    }
    return Sha256.of(secret);
  }
}
