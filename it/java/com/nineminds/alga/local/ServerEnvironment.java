package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The environment variables of the server. The local run adds variables, and never overwrites the
 * variables of the user. The additions go to a file in the format of Liberty's {@code server.env}.
 * That file has no secrets, but only the paths of files with secrets.
 */
final class ServerEnvironment {

  private final Map<String, String> given;
  private final Map<String, String> added = new ConcurrentSkipListMap<>();

  ServerEnvironment(Map<String, String> given) {
    this.given = given;
  }

  /** Whether the user has set this variable by value. */
  boolean isSet(String name) {
    return !given.getOrDefault(name, "").isBlank();
  }

  /** Whether the user has set it, by value or by the file that {@code NAME_FILE} names. */
  boolean isGiven(String name) {
    return isSet(name) || isSet(name + "_FILE");
  }

  /** Whether the user has set any variable with this prefix. */
  boolean isAnyGiven(String prefix) {
    return given.keySet().stream().anyMatch(name -> name.startsWith(prefix) && isSet(name));
  }

  /** The value of the user, or the default. */
  String value(String name, String byDefault) {
    try {
      if (isSet(name)) {
        return given.get(name);
      }
      return isSet(name + "_FILE")
          ? Files.readString(Path.of(given.get(name + "_FILE"))).strip()
          : byDefault;
    } catch (IOException e) {
      throw new CannotStart("Cannot read the file that " + name + "_FILE names: " + e);
    }
  }

  /** Sets a variable that the user has not set. */
  void add(String name, Object value) {
    if (!isGiven(name)) {
      added.put(name, value.toString());
    }
  }

  /** Sets {@code NAME_FILE} unless the user did. Generates the file at the first run. */
  void addSecret(String name, Path file, Supplier<String> generator) {
    if (!isGiven(name)) {
      SecretFiles.loadOrCreate(file, generator);
      added.put(name + "_FILE", file.toString());
    }
  }

  /**
   * Whether the user's own service is used. Details without a place are an error, because they
   * would belong to a service that the local run does not use.
   */
  boolean isUsersOwn(String where, List<String> details) {
    if (isGiven(where)) {
      return true;
    }
    for (String detail : details) {
      if (isGiven(detail)) {
        throw new CannotStart(
            detail + " is set but " + where + " is not: set both, or neither for the local one.");
      }
    }
    return false;
  }

  /** Writes the additions. Only the owner may read the file. */
  void write(Path file) {
    StringBuilder lines = new StringBuilder();
    added.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    SecretFiles.write(file, lines.toString());
  }
}
