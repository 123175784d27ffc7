package com.nineminds.alga.appliance;

import com.nineminds.alga.digest.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an appliance proves itself with: 32 random bytes, 64 hex characters on the wire. Only its
 * {@link #hash} is stored, and {@link #toString} shows nothing.
 */
public record Credential(String value) {

  private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A fresh one. */
  public static Credential mint() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new Credential(HexFormat.of().formatHex(bytes));
  }

  /** What a client sent; empty when it cannot be one. */
  public static Optional<Credential> parse(String text) {
    return VALID.matcher(text).matches() ? Optional.of(new Credential(text)) : Optional.empty();
  }

  /** The SHA-256 of the 64 characters, which is all that the database knows: 32 bytes. */
  public byte[] hash() {
    return Sha256.of(value);
  }

  @Override
  public String toString() {
    return "Credential";
  }
}
