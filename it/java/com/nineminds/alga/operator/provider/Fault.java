package com.nineminds.alga.operator.provider;

/** A fault of a provider, or of an attacker who acts as the provider. */
public enum Fault {
  /** The provider publishes the configuration of another provider. */
  ANOTHER_ISSUERS_CONFIGURATION,
  CONFIGURATION_500,
  /** The ID token belongs to another sign-in. */
  WRONG_NONCE,
  /** The ID token does not say to which sign-in it belongs. */
  NO_NONCE,
  WRONG_ISSUER,
  WRONG_AUDIENCE,
  /** The ID token expired an hour ago. */
  EXPIRED,
  /** The provider's clock is five minutes ahead. The console accepts this. */
  CLOCK_AHEAD,
  /** The provider's clock is five minutes behind. The console accepts this. */
  CLOCK_BEHIND,
  /** The ID token has {@code alg: none}. */
  UNSIGNED,
  /** The ID token has the right kid, but the signature of another key. */
  FOREIGN_KEY,
  /** The ID token is an HMAC, and its key is the published public key. */
  HMAC_BY_PUBLIC_KEY,
  /** The ID token has a signature of other content. */
  CHANGED_AFTER_SIGNING,
  /** The ID token does not name its key. This is right, and the console accepts it. */
  NO_KID,
  /** The token endpoint answers without an ID token. */
  NO_ID_TOKEN,
  /** The redirect to the console has the state of another person. */
  WRONG_STATE,
  /** The redirect to the console names another provider as its issuer (RFC 9207). */
  WRONG_ISS_PARAMETER,
  /** The redirect to the console has {@code error=access_denied}. */
  ACCESS_DENIED,
  TOKEN_ENDPOINT_500,
  /** The token endpoint answers with a text that is no JSON. */
  TOKEN_ENDPOINT_GARBAGE,
  /** The token endpoint answers correctly, but with 2 MiB more. */
  TOKEN_ENDPOINT_WORDY,
  /** The token endpoint sends the code and the client secret on to another address. */
  TOKEN_ENDPOINT_REDIRECTS,
  USERINFO_500,
  /** The userinfo is about another person. */
  USERINFO_OF_ANOTHER,
  /** The userinfo is a signed JWT. This is right, and the console accepts it. */
  USERINFO_JWT,
  USERINFO_JWT_BY_FOREIGN_KEY,
  USERINFO_JWT_UNSIGNED,
  USERINFO_JWT_OF_ANOTHER_ISSUER,
  USERINFO_JWT_FOR_ANOTHER_CLIENT
}
