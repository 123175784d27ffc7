package com.nineminds.alga.operator.provider;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nineminds.alga.operator.OperatorSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identity of a user, as the provider states it.
 *
 * @param name the name that is shown and recorded: the preferred user name, else the e-mail, else
 *     the subject
 * @param subject the provider's permanent id of the user; unlike the name it is unique
 * @param access whether the user may use the console
 */
record ProvidedIdentity(String name, String subject, Access access) {

  private static final int LONGEST_NAME = 200;

  /** The limit of OpenID Connect. */
  private static final int LONGEST_SUBJECT = 255;

  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Whether a user may use the console. The names are messages of the page to sign in. */
  enum Access {
    granted,
    /** The claim does not contain the group. */
    not_allowed,
    /** The provider sent no such claim. */
    no_claim,
    /** The provider left the claim out because the user has too many groups. */
    groups_left_out
  }

  /**
   * Whether the ID token says all that the console wants to know. Otherwise the userinfo endpoint
   * may say it.
   */
  static boolean isComplete(IDTokenClaimsSet idToken, OperatorSettings.Provider provider) {
    Map<String, Object> claims = idToken.toJSONObject();
    return find(claims, provider.claim()).isPresent() && name(claims).isPresent();
  }

  /**
   * Reads the claims. A claim of the ID token goes before the same claim of the userinfo.
   *
   * @param userinfo the claims of the userinfo endpoint; empty if it was not asked
   */
  static ProvidedIdentity of(
      IDTokenClaimsSet idToken, Map<String, Object> userinfo, OperatorSettings.Provider provider) {
    Map<String, Object> claims = idToken.toJSONObject();
    String subject = cleaned(idToken.getSubject().getValue());
    return new ProvidedIdentity(
        name(claims).or(() -> name(userinfo)).orElseGet(() -> cut(subject, LONGEST_NAME)),
        cut(subject, LONGEST_SUBJECT),
        access(claims, userinfo, provider));
  }

  boolean granted() {
    return access == Access.granted;
  }

  private static Access access(
      Map<String, Object> idToken,
      Map<String, Object> userinfo,
      OperatorSettings.Provider provider) {
    String claim = provider.claim();
    Optional<Object> value = find(idToken, claim).or(() -> find(userinfo, claim));
    if (value.isPresent()) {
      return holds(value.get(), provider.group()) ? Access.granted : Access.not_allowed;
    }
    return isLeftOut(idToken, claim) || isLeftOut(userinfo, claim)
        ? Access.groups_left_out
        : Access.no_claim;
  }

  private static Optional<String> name(Map<String, Object> claims) {
    return Stream.of("preferred_username", "email")
        .map(claims::get)
        .filter(String.class::isInstance)
        .map(text -> cleaned((String) text))
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_NAME)
        .findFirst();
  }

  private static String cleaned(String text) {
    return UNFIT.matcher(text).replaceAll("").strip();
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }

  /** The value of a claim, which may be inside an object; empty if there is none, or if null. */
  private static Optional<Object> find(Map<?, ?> object, String claim) {
    Object value = object.get(claim);
    int dot = claim.indexOf('.');
    if (value == null
        && dot > 0
        && object.get(claim.substring(0, dot)) instanceof Map<?, ?> inner) {
      return find(inner, claim.substring(dot + 1));
    }
    return Optional.ofNullable(value);
  }

  /**
   * Whether the value contains the wanted word. It is a list of words, or a text of one word or of
   * words separated by spaces. A word can also be a number or a boolean.
   */
  private static boolean holds(Object value, String wanted) {
    if (value instanceof Collection<?> words) {
      return words.stream().anyMatch(word -> isWord(word, wanted));
    }
    return isWord(value, wanted)
        || (value instanceof String text && Arrays.asList(text.split(" ", -1)).contains(wanted));
  }

  private static boolean isWord(Object value, String wanted) {
    return (value instanceof String || value instanceof Number || value instanceof Boolean)
        && Objects.toString(value).equals(wanted);
  }

  /**
   * Whether the claims say that this claim has its value elsewhere (a distributed claim, OpenID
   * Connect Core 5.6.2). Microsoft Entra says so about more than 200 groups. In short tokens it
   * says "hasgroups" instead.
   */
  private static boolean isLeftOut(Map<String, Object> claims, String claim) {
    return (claims.get("_claim_names") instanceof Map<?, ?> elsewhere
            && elsewhere.containsKey(claim))
        || (claim.equals("groups") && isWord(claims.get("hasgroups"), "true"));
  }
}
