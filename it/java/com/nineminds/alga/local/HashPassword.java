package com.nineminds.alga.local;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes a line of {@code CONSOLE_OPERATORS} from a name and a password. It asks for the password,
 * and needs only a JDK: {@code java HashPassword.java NAME}. It prints only the line. Without a
 * terminal, it reads the password from the first line of the standard input.
 */
public final class HashPassword {

  /** The number of iterations that OWASP recommends. */
  private static final int ITERATIONS = 600_000;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int SALT_BYTES = 32;
  private static final int HASH_BYTES = 32;

  private HashPassword() {}

  /** Asks for the password of the operator. The only argument is the operator's name. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !arguments[0].matches("[^:\\s]{1,200}")) {
      fail("usage: java HashPassword.java NAME (without blanks and colons)");
    }
    char[] password = ask(System.console());
    if (password.length == 0) {
      fail("the password is empty");
    }
    System.out.println(line(arguments[0], password));
  }

  /** {@code NAME:PBKDF2WithHmacSHA256:iterations:salt:hash}, with the default iterations. */
  public static String line(String name, char[] password) {
    return line(name, password, ITERATIONS);
  }

  /** Does the same, with another number of iterations. */
  public static String line(String name, char[] password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance(ALGORITHM)
              .generateSecret(new PBEKeySpec(password, salt, iterations, HASH_BYTES * Byte.SIZE))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return String.join(
          ":",
          name,
          ALGORITHM,
          Integer.toString(iterations),
          base64.encodeToString(salt),
          base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
    }
  }

  private static char[] ask(Console terminal) throws IOException {
    if (terminal == null) {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? new char[0] : line.toCharArray();
    }
    char[] password = read(terminal, "Password: ");
    if (!Arrays.equals(password, read(terminal, "Once more: "))) {
      fail("the two passwords are different");
    }
    return password;
  }

  private static char[] read(Console terminal, String prompt) {
    char[] password = terminal.readPassword("%s", prompt);
    return password == null ? new char[0] : password;
  }

  private static void fail(String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }
}
