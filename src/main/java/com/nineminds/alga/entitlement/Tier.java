package com.nineminds.alga.entitlement;

import com.nineminds.alga.registry.Edition;

/** The tier that a license names. Requests and answers use these names. */
public enum Tier {
  pro,
  premium;

  /** The edition that this tier pays for. */
  public Edition edition() {
    return Edition.valueOf(name());
  }

  /** The tier that pays for a paid edition. */
  public static Tier of(Edition paid) {
    return valueOf(paid.name());
  }
}
