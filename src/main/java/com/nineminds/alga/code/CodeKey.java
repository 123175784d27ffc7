package com.nineminds.alga.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * {@code CLAIM_CODE_KEY}: derives a code from the id of its row, and hashes a code for the look-up.
 * With the key, a live code can be shown again. Without the key, a stolen database cannot be used
 * to redeem codes.
 *
 * <p>The key itself computes only the look-up value. Each other use has its own key, which
 * HKDF-Expand (RFC 5869) derives from this key. So a value of one use is never a value of another
 * use. The labels are in lower case and a typed code is in upper case, so nobody can type an input
 * of HKDF.
 */
public final class CodeKey {

  private static final String ALGORITHM = "HmacSHA256";

  /**
   * Bytes from this multiple of 31 on are skipped. Otherwise some characters would be more likely
   * than others.
   */
  private static final int UNBIASED = 256 - 256 % ClaimCode.ALPHABET.length();

  private final SecretKeySpec lookUp;
  private final SecretKeySpec derivation;
  private final SecretKeySpec tries;
  private final byte[] checkValue;

  /**
   * A key.
   *
   * @param key 32 bytes
   */
  public CodeKey(byte[] key) {
    this.lookUp = new SecretKeySpec(key, ALGORITHM);
    this.derivation = new SecretKeySpec(expand(key, "alga claim code derivation"), ALGORITHM);
    this.tries = new SecretKeySpec(expand(key, "alga claim code tries"), ALGORITHM);
    this.checkValue = expand(key, "alga claim code key check");
  }

  /**
   * Derives the code of the row with this id. The same id always gives the same code. Every
   * character is equally likely. A shorter code is the beginning of the longer codes of the same
   * id.
   *
   * @param length in characters, 8 to 16
   */
  public ClaimCode derive(UUID id, int length) {
    StringBuilder code = new StringBuilder(length);
    // one block is nearly always enough: 8 to 16 of its 32 bytes must be below 248
    for (byte block = 0; code.length() < length; block++) {
      ByteBuffer input = ByteBuffer.allocate(17);
      input.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).put(block);
      for (byte b : hmac(derivation, input.array())) {
        int number = Byte.toUnsignedInt(b);
        if (number < UNBIASED && code.length() < length) {
          code.append(ClaimCode.ALPHABET.charAt(number % ClaimCode.ALPHABET.length()));
        }
      }
    }
    return new ClaimCode(code.toString());
  }

  /** The value by which a code is looked up: its HMAC-SHA256, 32 bytes. */
  public byte[] hash(ClaimCode code) {
    return hmac(lookUp, utf8(code.value()));
  }

  /** The look-up value of a typed text, which may not be a code. */
  byte[] hash(TypedCode typed) {
    return hmac(lookUp, utf8(typed.text()));
  }

  /** A value that identifies a typed text: 32 bytes, independent of the look-up value. */
  byte[] tryOf(TypedCode typed) {
    return hmac(tries, utf8(typed.text()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A value that identifies this key and reveals nothing else about it: 32 bytes. */
  public byte[] checkValue() {
    return checkValue.clone();
  }

  private static byte[] expand(byte[] key, String label) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(HKDFParameters.skipExtractParameters(key, utf8(label)));
    byte[] derived = new byte[32];
    hkdf.generateBytes(derived, 0, derived.length);
    return derived;
  }

  private static byte[] hmac(SecretKeySpec key, byte[] input) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
