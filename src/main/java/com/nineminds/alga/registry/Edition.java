package com.nineminds.alga.registry;

/** The edition of a tenant: the free one, or a paid one. Requests and answers use these names. */
public enum Edition {
  essentials,
  pro,
  premium;

  /** Whether the edition needs an entitlement. */
  public boolean isPaid() {
    return this != essentials;
  }
}
