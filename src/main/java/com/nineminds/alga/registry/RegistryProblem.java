package com.nineminds.alga.registry;

import com.nineminds.alga.http.problem.Problem;

/** The refusals of tenants. */
public abstract class RegistryProblem extends Problem {

  private RegistryProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 404: the tenant does not exist. */
  public static final class UnknownTenant extends RegistryProblem {
    public UnknownTenant() {
      super(404, "unknown_tenant", "There is no such tenant; check the tenant id or the e-mail.");
    }
  }

  /** 403: an operator suspended the tenant. */
  public static final class TenantSuspended extends RegistryProblem {
    public TenantSuspended() {
      super(
          403,
          "tenant_suspended",
          "This customer account is suspended; contact support to have it resumed, then try again.");
    }
  }

  /** 403: the tenant was cancelled. */
  public static final class TenantCancelled extends RegistryProblem {
    public TenantCancelled() {
      super(
          403,
          "tenant_cancelled",
          "This customer account was cancelled; contact support if that is not what you expect.");
    }
  }

  /** 409: somebody changed the tenant after the page showed it to the operator. */
  public static final class StandingChanged extends RegistryProblem {
    StandingChanged(TenantStatus now) {
      super(
          409,
          "standing_changed",
          "This tenant is %s by now, so nothing was changed; look at it again before you decide."
              .formatted(now));
    }
  }
}
