package com.nineminds.alga.operator.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person who can sign in at the {@link TestProvider}.
 *
 * @param subject the provider's identifier of the person; never changes
 * @param claims claims besides the claims of every person; null removes a claim
 * @param atUserinfo the names of those claims that only the userinfo endpoint has
 */
public record Person(String subject, Map<String, Object> claims, Set<String> atUserinfo) {

  /** A person whose ID token has all the claims. */
  public Person(String subject, Map<String, Object> claims) {
    this(subject, claims, Set.of());
  }

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
    return new Person(subject, more, atUserinfo);
  }

  /** The same person, with these claims only in the answer of the userinfo endpoint. */
  public Person onlyAtUserinfo(String... names) {
    return new Person(subject, claims, Set.of(names));
  }

  /** The claims that the ID token has. */
  Map<String, Object> ofIdToken() {
    Map<String, Object> some = new LinkedHashMap<>(claims);
    some.keySet().removeAll(atUserinfo);
    return some;
  }

  /** The name that the sign-in page of the provider shows. */
  public String username() {
    return (String) claims.get("preferred_username");
  }
}
