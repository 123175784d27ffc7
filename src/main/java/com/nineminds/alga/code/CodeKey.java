package com.nineminds.alga.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code CLAIM_CODE_KEY}: derives a code from its row's id, and hashes a code for the look-up. With
 * it a live code can be shown again; without it a stolen database redeems nothing.
 */
public final class CodeKey {

  private static final String ALGORITHM = "HmacSHA256";

  /** The largest multiple of 31 in a byte: above it, characters would not be equally likely. */
  private static final int UNBIASED = 256 - 256 % ClaimCode.ALPHABET.length();

  private final SecretKeySpec key;

  /**
   * A key.
   *
   * @param key 32 bytes
   */
  public CodeKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
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
      for (byte b : hmac(input.array())) {
        int number = Byte.toUnsignedInt(b);
        if (number < UNBIASED && code.length() < length) {
          code.append(ClaimCode.ALPHABET.charAt(number % ClaimCode.ALPHABET.length()));
        }
      }
    }
    return new ClaimCode(code.toString());
  }

  /** What a code is looked up by: 32 bytes. */
  public byte[] hash(ClaimCode code) {
    return hash(code.value());
  }

  /** The same of what may be none. */
  byte[] hash(TypedCode typed) {
    return hash(typed.text());
  }

  private byte[] hash(String code) {
    return hmac(code.getBytes(StandardCharsets.UTF_8));
  }

  /** 32 bytes that tell this key from another, and nothing else about it. */
  public byte[] checkValue() {
    return hmac("alga claim code key check".getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] hmac(byte[] input) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
