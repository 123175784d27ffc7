package com.nineminds.alga.http;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.digest.Sha256;
import java.security.MessageDigest;

/**
 * The service secret, and the one before it while it is being rotated (only digests are kept); and
 * how many proxies of ours a request comes through.
 */
public final class HttpSettings {

  /** Fewer could be guessed; 24 random bytes are as many in base64. */
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

  /** How many proxies of ours there are before this node, one behind the other. */
  public int proxies() {
    return proxies;
  }

  /** Compares in constant time, whatever the length. */
  public boolean isServiceSecret(String given) {
    byte[] digest = Sha256.of(given);
    // both are compared always: which of the two it was is nobody's business
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
