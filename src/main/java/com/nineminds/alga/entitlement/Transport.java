package com.nineminds.alga.entitlement;

/**
 * How a license reaches its appliance: by check-ins, or carried by hand. Spelled as on the wire.
 */
public enum Transport {
  connected,
  airgap
}
