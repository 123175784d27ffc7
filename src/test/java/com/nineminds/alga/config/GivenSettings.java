package com.nineminds.alga.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Settings that a test gives, and a record of the requested names. */
public final class GivenSettings {

  private final Map<String, String> values = new HashMap<>();
  private final SortedSet<String> asked = new TreeSet<>();

  private GivenSettings() {}

  /** The arguments are names and values in turn. */
  public static GivenSettings of(String... namesAndValues) {
    GivenSettings given = new GivenSettings();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return given;
  }

  /** Sets another value, or replaces one. */
  public GivenSettings with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Removes a value. */
  public GivenSettings without(String name) {
    values.remove(name);
    return this;
  }

  /** The settings for a {@code *Settings} record. */
  public Settings settings() {
    return new Settings(
        name -> {
          asked.add(name);
          return Optional.ofNullable(values.get(name));
        });
  }

  /** Every requested name so far, without the {@code _FILE} names. */
  public SortedSet<String> asked() {
    SortedSet<String> names = new TreeSet<>(asked);
    names.removeIf(name -> name.endsWith("_FILE"));
    return names;
  }
}
