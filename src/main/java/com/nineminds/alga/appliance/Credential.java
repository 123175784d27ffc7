package com.nineminds.alga.appliance;

import com.nineminds.alga.digest.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret with which an appliance proves its identity: 32 random bytes, sent as 64 hex
 * characters. Only its {@link #hash} is stored, and {@link #toString} shows nothing.
 */
public record Credential(String value) {

  private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Creates a random credential. */
  public static Credential mint() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new Credential(HexFormat.of().formatHex(bytes));
  }

  /** Reads the text that a client sent. Returns empty if it cannot be a credential. */
  public static Optional<Credential> parse(String text) {
    return VALID.matcher(text).matches() ? Optional.of(new Credential(text)) : Optional.empty();
  }

  /** The SHA-256 of the 64 characters: 32 bytes. The database stores only this value. */
  public byte[] hash() {
    return Sha256.of(value);
  }

  @Override
  public String toString() {
    return "Credential";
  }
}
