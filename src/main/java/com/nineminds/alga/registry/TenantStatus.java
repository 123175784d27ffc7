package com.nineminds.alga.registry;

import com.nineminds.alga.registry.RegistryProblem.TenantCancelled;
import com.nineminds.alga.registry.RegistryProblem.TenantSuspended;

/**
 * The status of a tenant: registered, installed (a code was redeemed), active (an appliance checked
 * in since then), suspended or cancelled. Requests and answers use these names.
 */
public enum TenantStatus {
  registered,
  installed,
  active,
  suspended,
  cancelled;

  /** Throws {@link RegistryProblem} if the tenant is suspended or cancelled. */
  public void requireOpen() {
    if (this == suspended) {
      throw new TenantSuspended();
    }
    if (this == cancelled) {
      throw new TenantCancelled();
    }
  }

  /** Whether the tenant is neither suspended nor cancelled. */
  public boolean isOpen() {
    return this != suspended && this != cancelled;
  }

  /** Whether an operator may suspend a tenant of this status. */
  public boolean canSuspend() {
    return isOpen();
  }

  /** Whether an operator may resume a tenant of this status. */
  public boolean canResume() {
    return !isOpen();
  }

  /** Whether an operator may cancel a tenant of this status. */
  public boolean canCancel() {
    return this != cancelled;
  }

  /** The part of the status that only operators change: open, suspended or cancelled. */
  String standing() {
    return isOpen() ? "open" : name();
  }
}
