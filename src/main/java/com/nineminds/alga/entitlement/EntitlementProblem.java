package com.nineminds.alga.entitlement;

import com.nineminds.alga.http.problem.Problem;

/** The refusals of subscriptions. */
public abstract class EntitlementProblem extends Problem {

  private EntitlementProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 404: the subscription does not exist. */
  public static final class UnknownEntitlement extends EntitlementProblem {
    public UnknownEntitlement() {
      super(404, "unknown_entitlement", "There is no entitlement for this subscription.");
    }
  }

  /** 403: the subscription was revoked. */
  public static final class EntitlementInactive extends EntitlementProblem {
    public EntitlementInactive() {
      super(
          403,
          "entitlement_inactive",
          "The subscription behind this is no longer active; renew it in the portal, then request"
              + " a fresh code from the portal.");
    }
  }

  /** 409: the subscription belongs to another tenant, or the tenant has another active one. */
  public static final class EntitlementConflict extends EntitlementProblem {
    public EntitlementConflict(String error) {
      super(409, "entitlement_conflict", error);
    }

    /** The subscription is bound to another tenant. */
    public static EntitlementConflict ofAnotherTenant() {
      return new EntitlementConflict("This subscription belongs to another tenant.");
    }

    /** The tenant has another subscription that is active. */
    public static EntitlementConflict ofAnotherSubscription() {
      return new EntitlementConflict(
          "This tenant has another active subscription; revoke that one first.");
    }
  }
}
