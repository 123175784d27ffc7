package com.nineminds.alga.operator.session;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sign-in that was begun at the provider: the values that the answer must match, and the page to
 * open after it. The browser keeps it.
 */
public record BegunSignIn(String state, String nonce, String verifier, String next) {

  private static final Pattern KEPT =
      Pattern.compile("[A-Za-z0-9_-]{43,128}(\\.[A-Za-z0-9_-]{43,128}){2}\\.[A-Za-z0-9_-]+");
  private static final int RANDOM_BYTES = 32;

  /**
   * Begins a sign-in with random values.
   *
   * @param next the page to open after the sign-in
   */
  public static BegunSignIn fresh(String next) {
    return new BegunSignIn(
        new State(RANDOM_BYTES).getValue(),
        new Nonce(RANDOM_BYTES).getValue(),
        new CodeVerifier().getValue(),
        next);
  }

  /**
   * Reads a text of {@link #text}; empty for any other text. The page in it is checked, so a
   * planted cookie cannot lead a user to another site.
   */
  static Optional<BegunSignIn> parse(String text) {
    if (!KEPT.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    try {
      byte[] next = Base64.getUrlDecoder().decode(parts[3]);
      return Optional.of(
          new BegunSignIn(
              parts[0], parts[1], parts[2], NextPage.of(new String(next, StandardCharsets.UTF_8))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The text for the cookie. {@link #parse} reads it. */
  String text() {
    byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
    return String.join(
        ".", state, nonce, verifier, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Shows nothing that proves a sign-in. */
  @Override
  public String toString() {
    return "a sign-in that goes on at " + next;
  }
}
