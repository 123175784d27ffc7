package com.nineminds.alga.operator.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can sign in at the {@link TestProvider}.
 *
 * @param subject what the provider knows them by; never changes
 * @param claims of the ID token, beyond those that every one has; null takes one of those away
 */
public record Person(String subject, Map<String, Object> claims) {

  /** By that name everywhere, and without any groups. */
  public static Person named(String username) {
    return new Person("sub-" + username, Map.of())
        .with("preferred_username", username)
        .with(
            "name",
            username.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + username.substring(1))
        .with("email", username + "@operators.test");
  }

  /** The same, with the claim {@code groups}. */
  public Person in(String... groups) {
    return with("groups", List.of(groups));
  }

  /** The same, with a claim more: a string, a list or, for one within another, a map. */
  public Person with(String claim, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(claims);
    more.put(claim, value);
    return new Person(subject, more);
  }

  /** The name that the sign-in page of the provider shows. */
  public String username() {
    return (String) claims.get("preferred_username");
  }
}
