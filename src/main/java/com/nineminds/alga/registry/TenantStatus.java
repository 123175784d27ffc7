package com.nineminds.alga.registry;

import com.nineminds.alga.registry.RegistryProblem.TenantCancelled;
import com.nineminds.alga.registry.RegistryProblem.TenantSuspended;

/**
 * How far a tenant has come: registered, installed (a code was redeemed), active (its appliance
 * checked in since); or what stopped it. Spelled as on the wire.
 */
public enum TenantStatus {
  registered,
  installed,
  active,
  suspended,
  cancelled;

  /** Refuses a suspended or cancelled tenant; throws {@link RegistryProblem}. */
  public void requireOpen() {
    if (this == suspended) {
      throw new TenantSuspended();
    }
    if (this == cancelled) {
      throw new TenantCancelled();
    }
  }

  /** Neither suspended nor cancelled. */
  public boolean isOpen() {
    return this != suspended && this != cancelled;
  }
}
