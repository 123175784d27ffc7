package com.nineminds.alga.audit;

/**
 * Who made a change: a holder of the service secret, a machine, an operator at the console, or, for
 * a sign-in that failed, somebody who did not prove to be anyone. Spelled as stored.
 */
public enum Actor {
  service,
  appliance,
  operator,
  anonymous
}
