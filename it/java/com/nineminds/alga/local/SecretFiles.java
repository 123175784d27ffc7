package com.nineminds.alga.local;

import com.nineminds.alga.license.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Files and folders that only their owner may read: 0600 and 0700. */
final class SecretFiles {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Characters that nobody confuses with one another. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private SecretFiles() {}

  /**
   * Creates the directory and its parents. Only the owner may use it, new or not. Throws {@link
   * CannotStart} where files have no such rights, as on Windows.
   */
  static Path directory(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (UnsupportedOperationException e) {
      throw new CannotStart(
          "Only the owner may read the secrets of a local run, and the files here have no owner's"
              + " rights: on Windows, run mvn in a Linux of WSL.");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make " + directory + " private", e);
    }
  }

  /** The content of the file. If the file is missing, {@code generator} makes its content first. */
  static String loadOrCreate(Path file, Supplier<String> generator) {
    try {
      if (Files.notExists(file)) {
        write(file, generator.get());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Writes the file atomically. A kill never leaves half of a secret. */
  static void write(Path file, String content) {
    try {
      Path complete = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".tmp");
      Files.writeString(complete, content); // a temporary file has mode 0600 from the start
      Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** 32 random bytes as base64url without padding, usable in a password, a header and a shell. */
  static String randomToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
  }

  /** A password for a person: 99 random bits, as four groups of letters and digits. */
  static String randomPassword() {
    return RANDOM
        .ints(20, 0, LETTERS.length())
        .mapToObj(index -> LETTERS.substring(index, index + 1))
        .collect(Collectors.joining())
        .replaceAll("(.{5})(?=.)", "$1-");
  }

  /** 32 random bytes as plain base64. */
  static String randomBase64() {
    return Base64.getEncoder().encodeToString(randomBytes());
  }

  /** A new EC P-256 private key as PKCS#8 PEM. */
  static String randomPrivateKey() {
    return TestKeys.pkcs8(TestKeys.p256());
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
