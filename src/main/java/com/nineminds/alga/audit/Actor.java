package com.nineminds.alga.audit;

/** Who made a change: a holder of the service secret, or a machine. Spelled as stored. */
public enum Actor {
  service,
  appliance,
  operator
}
