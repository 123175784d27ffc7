package com.nineminds.alga.audit;

/**
 * Who made a change: a holder of the service secret, a machine, an operator at the console, or, for
 * a sign-in that failed, somebody who did not prove to be anyone; or nobody: the service itself, at
 * no request. Spelled as stored.
 */
public enum Actor {
  service,
  appliance,
  operator,
  anonymous,
  upkeep
}
