package com.nineminds.alga.entitlement;

/**
 * How a license reaches its appliance: by check-ins, or carried by hand. Requests and answers use
 * these names.
 */
public enum Transport {
  connected,
  airgap
}
