package com.nineminds.alga.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who may use the operator console of a local run: one operator with a generated password, unless
 * the user's environment says who signs in, and how.
 */
final class ConsoleAccess {

  private static final String OPERATORS = "CONSOLE_OPERATORS";
  private static final String PROVIDER = "CONSOLE_OIDC_";
  private static final String BASE_URL = "CONSOLE_BASE_URL";
  private static final String NAME = "admin";

  private final ServerEnvironment environment;
  private final Path operators;
  private final Path password;

  ConsoleAccess(ServerEnvironment environment, Path local) {
    this.environment = environment;
    this.operators = local.resolve("console-operators");
    this.password = local.resolve("console-password");
  }

  /** Adds what the server has to know. */
  void addTo(String base) {
    environment.add(BASE_URL, base);
    if (!environment.isAnyGiven(PROVIDER) && !environment.isGiven(OPERATORS)) {
      boolean known = Files.exists(password);
      String secret = SecretFiles.loadOrCreate(password, SecretFiles::randomPassword);
      if (!known) {
        SecretFiles.write(operators, line(secret)); // an old line has the hash of a lost password
      }
      environment.addSecret(OPERATORS, operators, () -> line(secret));
    }
  }

  /** Where the console is, and how to sign in. */
  String forPeople(String base) {
    String where = environment.value(BASE_URL, base) + "/admin/ ";
    if (environment.isGiven(OPERATORS)) {
      return where + "(operators as " + OPERATORS + " has them)";
    }
    if (environment.isAnyGiven(PROVIDER)) {
      return where + "(sign-in as " + PROVIDER + "* says)";
    }
    return where
        + "(user %s, password %s; .local/%s)"
            .formatted(
                NAME,
                SecretFiles.loadOrCreate(password, SecretFiles::randomPassword),
                password.getFileName());
  }

  private static String line(String secret) {
    return HashPassword.line(NAME, secret.toCharArray()) + "\n";
  }
}
