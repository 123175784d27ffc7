package com.nineminds.alga.code;

/** The state of a code. */
public enum CodeState {
  /** The code can be redeemed. */
  live,
  /** The code expired before anybody redeemed it. */
  expired,
  /** The code was redeemed. */
  consumed,
  /** A newer code replaced the code before anybody redeemed it. */
  replaced,
  /** The code was revoked with its subscription or by an operator. */
  revoked
}
