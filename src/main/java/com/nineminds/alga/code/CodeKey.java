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
 * {@code CLAIM_CODE_KEY}: derives a code from its row's id, and hashes a code for the look-up. With
 * it a live code can be shown again; without it a stolen database redeems nothing.
 *
 * <p>The key itself makes the look-up value alone. Each other use has a key of its own, which
 * HKDF-Expand (RFC 5869) makes of this one, so that no value of one use is a value of another. The
 * labels are in lower case and a typed code is in upper case: nobody can type one of HKDF's inputs.
 */
public final class CodeKey {

  private static final String ALGORITHM = "HmacSHA256";

  /** The largest multiple of 31 in a byte: above it, characters would not be equally likely. */
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
   * The code of the row with that id: always the same one, every character equally likely; a
   * shorter one is the beginning of a longer one.
   *
   * @param length in characters, 8 to 16
   */
  public ClaimCode derive(UUID id, int length) {
    StringBuilder code = new StringBuilder(length);
    // one block is all but always enough: of its 32 bytes, 8 to 16 must be below 248
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

  /** What a code is looked up by: its HMAC-SHA256, 32 bytes. */
  public byte[] hash(ClaimCode code) {
    return hmac(lookUp, utf8(code.value()));
  }

  /** The same of what may be none. */
  byte[] hash(TypedCode typed) {
    return hmac(lookUp, utf8(typed.text()));
  }

  /** What tells a try from other tries: 32 bytes that have nothing in common with the look-up. */
  byte[] tryOf(TypedCode typed) {
    return hmac(tries, utf8(typed.text()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** 32 bytes that tell this key from another, and nothing else about it. */
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
