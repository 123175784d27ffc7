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

  /** Whether an operator may suspend a tenant of this status. */
  public boolean canSuspend() {
    return isOpen();
  }

  /** Whether an operator may open a tenant of this status again. */
  public boolean canResume() {
    return !isOpen();
  }

  /** Whether an operator may cancel a tenant of this status. */
  public boolean canCancel() {
    return this != cancelled;
  }

  /** What operators decide about, and nothing else changes: open, suspended or cancelled. */
  String standing() {
    return isOpen() ? "open" : name();
  }
}
