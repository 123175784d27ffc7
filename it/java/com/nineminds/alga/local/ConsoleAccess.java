package com.nineminds.alga.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sets up the operator console of a local run. It has one operator with a generated password. The
 * user's environment may set other operators or a provider.
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

  /** Adds the settings that the server needs. */
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

  /** The address of the console, and the way to sign in. */
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
