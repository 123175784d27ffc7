package com.nineminds.alga.code;

/** What became of a code. */
public enum CodeState {
  /** It can be redeemed. */
  live,
  /** Nobody used it in its time. */
  expired,
  /** It was redeemed. */
  consumed,
  /** A newer code took its place before anybody used it. */
  replaced,
  /** It was revoked, with its subscription or by an operator. */
  revoked
}
