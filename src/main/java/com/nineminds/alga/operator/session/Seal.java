package com.nineminds.alga.operator.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks a text as written by this service and valid until a time (HMAC-SHA256), so that a browser
 * can keep it. All nodes with the same secret accept it. The seal does not hide the text.
 *
 * @param secret known only to the service
 * @param use the purpose of the text; a seal for one use is invalid for any other
 */
record Seal(String secret, String use) {

  private static final Pattern SEALED =
      Pattern.compile(
          "(?<content>(?<text>.+)\\.(?<until>[0-9]{1,12}))\\.(?<mac>[A-Za-z0-9_-]{43})");

  /**
   * The text with its expiry and its mark. It contains only base64url characters and dots if the
   * text does.
   */
  String seal(String text, Instant until) {
    String content = text + "." + until.getEpochSecond();
    return content + "." + mac(content);
  }

  /** The text that was sealed; empty if the seal is wrong or has expired. */
  Optional<String> open(String sealed, Instant now) {
    Matcher parts = SEALED.matcher(sealed);
    boolean good =
        parts.matches()
            && MessageDigest.isEqual(bytes(parts.group("mac")), bytes(mac(parts.group("content"))))
            && now.getEpochSecond() < Long.parseLong(parts.group("until"));
    return good ? Optional.of(parts.group("text")) : Optional.empty();
  }

  private String mac(String content) {
    byte[] key = mac(bytes(secret), bytes("alga console: " + use));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, bytes(content)));
  }

  private static byte[] mac(byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return use;
  }
}
