package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * What the server is told by environment variables: what the user has set, which is never
 * overwritten, and what the local run adds. The additions go to a file in the format of Liberty's
 * {@code server.env}; it holds no secret, only the paths of files that do.
 */
final class ServerEnvironment {

  private final Map<String, String> given;
  private final Map<String, String> added = new ConcurrentSkipListMap<>();

  ServerEnvironment(Map<String, String> given) {
    this.given = given;
  }

  /** Whether the user has set this by value. */
  boolean isSet(String name) {
    return !given.getOrDefault(name, "").isBlank();
  }

  /** Whether the user has set this, by value or by the file that {@code NAME_FILE} names. */
  boolean isGiven(String name) {
    return isSet(name) || isSet(name + "_FILE");
  }

  /** Whether the user has set anything whose name begins so. */
  boolean isAnyGiven(String prefix) {
    return given.keySet().stream().anyMatch(name -> name.startsWith(prefix) && isSet(name));
  }

  /** The user's value, else the default. */
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

  /** Sets {@code NAME_FILE}, and generates the file at the first run, unless the user did. */
  void addSecret(String name, Path file, Supplier<String> generator) {
    if (!isGiven(name)) {
      SecretFiles.loadOrCreate(file, generator);
      added.put(name + "_FILE", file.toString());
    }
  }

  /**
   * Whether the service of these settings is the user's own. Settings that say who and what, but
   * not where, would be meant for a service that the local run does not use.
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

  /** Writes the additions, readable by the owner only. */
  void write(Path file) {
    StringBuilder lines = new StringBuilder();
    added.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    SecretFiles.write(file, lines.toString());
  }
}
