package com.nineminds.alga.operator.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person who can sign in at the {@link TestProvider}.
 *
 * @param subject the provider's identifier of the person; never changes
 * @param claims claims of the ID token, besides the claims of every person; null removes a claim
 */
public record Person(String subject, Map<String, Object> claims) {

  /** A person with that name in all claims, and without any groups. */
  public static Person named(String username) {
    return new Person("sub-" + username, Map.of())
        .with("preferred_username", username)
        .with(
            "name",
            username.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + username.substring(1))
        .with("email", username + "@operators.test");
  }

  /** The same person, with the claim {@code groups}. */
  public Person in(String... groups) {
    return with("groups", List.of(groups));
  }

  /** The same person with one more claim: a string, a list, or a map of claims. */
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
