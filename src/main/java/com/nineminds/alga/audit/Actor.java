package com.nineminds.alga.audit;

/** Who made a change. The constants are spelled as stored. */
public enum Actor {
  /** A client with the service secret. */
  service,
  /** A machine that redeems a code or checks in. */
  appliance,
  /** An operator who is signed in at the console. */
  operator,
  /**
   * Somebody without a proved identity: a failed sign-in, or a check-in with a refused credential.
   */
  anonymous,
  /** The service itself, without a request. */
  upkeep
}
