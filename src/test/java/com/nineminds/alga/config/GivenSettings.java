package com.nineminds.alga.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Settings that a test gives, and a record of the names that were asked for. */
public final class GivenSettings {

  private final Map<String, String> values = new HashMap<>();
  private final SortedSet<String> asked = new TreeSet<>();

  private GivenSettings() {}

  /** Names and values in turn. */
  public static GivenSettings of(String... namesAndValues) {
    GivenSettings given = new GivenSettings();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return given;
  }

  /** Sets one more, or another value. */
  public GivenSettings with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Takes one back. */
  public GivenSettings without(String name) {
    values.remove(name);
    return this;
  }

  /** What a {@code *Settings} record reads. */
  public Settings settings() {
    return new Settings(
        name -> {
          asked.add(name);
          return Optional.ofNullable(values.get(name));
        });
  }

  /** Every name that was asked for so far, apart from its {@code _FILE} twin. */
  public SortedSet<String> asked() {
    SortedSet<String> names = new TreeSet<>(asked);
    names.removeIf(name -> name.endsWith("_FILE"));
    return names;
  }
}
