package com.nineminds.alga.registry;

/** What a tenant runs: the free edition, or one of the paid ones. Spelled as on the wire. */
public enum Edition {
  essentials,
  pro,
  premium;

  /** Whether it needs an entitlement. */
  public boolean isPaid() {
    return this != essentials;
  }
}
