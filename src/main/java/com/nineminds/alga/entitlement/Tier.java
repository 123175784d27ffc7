package com.nineminds.alga.entitlement;

import com.nineminds.alga.registry.Edition;

/** What a license says was bought. Spelled as on the wire. */
public enum Tier {
  pro,
  premium;

  /** The edition that it pays for. */
  public Edition edition() {
    return Edition.valueOf(name());
  }

  /** The tier that pays for a paid edition. */
  public static Tier of(Edition paid) {
    return valueOf(paid.name());
  }
}
