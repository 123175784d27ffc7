package com.nineminds.alga.operator.session;

import com.nineminds.alga.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret with which a browser proves its session: 32 random bytes in base64url. Only its {@link
 * #hash} is stored, and {@link #toString} shows nothing.
 */
public record SessionToken(String value) {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  static SessionToken mint() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new SessionToken(base64(bytes));
  }

  /** The token in a text; empty if the text is null or cannot be a token. */
  static Optional<SessionToken> parse(String text) {
    return Optional.ofNullable(text)
        .filter(value -> VALID.matcher(value).matches())
        .map(SessionToken::new);
  }

  byte[] hash() {
    return Sha256.of(value);
  }

  /**
   * The value that every form of this session carries. Pages of other sites do not know it, so they
   * cannot send a form.
   */
  public String formToken() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return base64(mac.doFinal("form".getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "****";
  }
}
