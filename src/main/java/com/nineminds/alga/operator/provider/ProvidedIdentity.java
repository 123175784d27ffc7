package com.nineminds.alga.operator.provider;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nineminds.alga.operator.OperatorSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identity of a user, as the provider states it.
 *
 * @param name the name that is shown and recorded: the preferred user name, else the e-mail, else
 *     the subject
 * @param subject the provider's permanent id of the user; unlike the name it is unique
 * @param granted whether the user may use the console
 */
record ProvidedIdentity(String name, String subject, boolean granted) {

  private static final int LONGEST_NAME = 200;

  /** The limit of OpenID Connect. */
  private static final int LONGEST_SUBJECT = 255;

  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  static ProvidedIdentity of(IDTokenClaimsSet claims, OperatorSettings.Provider provider) {
    String subject = cleaned(claims.getSubject().getValue());
    String name =
        Stream.of("preferred_username", "email")
            .map(claims::getStringClaim)
            .filter(Objects::nonNull)
            .map(ProvidedIdentity::cleaned)
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_NAME)
            .findFirst()
            .orElseGet(() -> cut(subject, LONGEST_NAME));
    return new ProvidedIdentity(
        name,
        cut(subject, LONGEST_SUBJECT),
        holds(claims.toJSONObject(), provider.claim(), provider.group()));
  }

  private static String cleaned(String text) {
    return UNFIT.matcher(text).replaceAll("").strip();
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }

  /**
   * Whether the claim contains the wanted word. A claim is a list of words, or a text of one word
   * or of words separated by spaces. It may be inside an object.
   */
  private static boolean holds(Map<?, ?> object, String claim, String wanted) {
    Object value = object.get(claim);
    int dot = claim.indexOf('.');
    if (value == null
        && dot > 0
        && object.get(claim.substring(0, dot)) instanceof Map<?, ?> inner) {
      return holds(inner, claim.substring(dot + 1), wanted);
    }
    if (value instanceof Collection<?> words) {
      return words.contains(wanted);
    }
    return value instanceof String text
        && (text.equals(wanted) || Arrays.asList(text.split(" ", -1)).contains(wanted));
  }
}
