package com.nineminds.alga.operator.provider;

/** What can be wrong with a provider, or with whoever speaks in its place. */
public enum Fault {
  /** What the provider says of itself is what another says of itself. */
  ANOTHER_ISSUERS_CONFIGURATION,
  /** The ID token is another sign-in's. */
  WRONG_NONCE,
  /** The ID token does not say whose sign-in it is. */
  NO_NONCE,
  WRONG_ISSUER,
  WRONG_AUDIENCE,
  /** The ID token ended an hour ago. */
  EXPIRED,
  /** The provider's clock is five minutes ahead, which is no fault of anybody's. */
  CLOCK_AHEAD,
  /** The same, behind. */
  CLOCK_BEHIND,
  /** The ID token has {@code alg: none}. */
  UNSIGNED,
  /** The ID token has the right kid, but another's signature. */
  FOREIGN_KEY,
  /** The ID token is an HMAC whose key is the published public one. */
  HMAC_BY_PUBLIC_KEY,
  /** The ID token has the signature of another content. */
  CHANGED_AFTER_SIGNING,
  /** The token endpoint answers without an ID token. */
  NO_ID_TOKEN,
  /** The person is sent back with a state that is not theirs. */
  WRONG_STATE,
  /** The person is sent back with the word that it was another provider (RFC 9207). */
  WRONG_ISS_PARAMETER,
  /** The person is sent back with {@code error=access_denied}. */
  ACCESS_DENIED,
  TOKEN_ENDPOINT_500,
  /** The token endpoint answers what is no JSON. */
  TOKEN_ENDPOINT_GARBAGE,
  /** The token endpoint answers all that it should, and 2 MiB more. */
  TOKEN_ENDPOINT_WORDY
}
