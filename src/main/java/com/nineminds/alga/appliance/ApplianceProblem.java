package com.nineminds.alga.appliance;

import com.nineminds.alga.guessing.WrongGuess;
import com.nineminds.alga.http.problem.Problem;
import java.time.Duration;

/** The errors of an appliance or of its credential. */
public abstract class ApplianceProblem extends Problem {

  private ApplianceProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 401: no appliance has this credential. */
  public static final class InvalidCredential extends ApplianceProblem implements WrongGuess {
    public InvalidCredential() {
      super(
          401,
          "invalid_credential",
          "This appliance credential is not known; register the appliance with a fresh code from"
              + " the portal.");
    }

    @Override
    public Duration countsOnceIn() {
      return UNKNOWN;
    }
  }

  /** 401: the appliance was revoked. */
  public static final class RevokedAppliance extends ApplianceProblem implements WrongGuess {
    public RevokedAppliance() {
      super(
          401,
          "revoked_appliance",
          "This appliance was revoked; register it with a fresh code from the portal.");
    }

    @Override
    public Duration countsOnceIn() {
      return WORN_OUT;
    }
  }

  /** 404: no appliance has this id. */
  public static final class UnknownAppliance extends ApplianceProblem {
    public UnknownAppliance() {
      super(404, "unknown_appliance", "There is no appliance with this id.");
    }
  }

  /** 409: several tenants have an appliance with this id. */
  public static final class AmbiguousAppliance extends ApplianceProblem {
    public AmbiguousAppliance() {
      super(
          409,
          "ambiguous_appliance",
          "Several tenants have an appliance with this id; say which one with tenant_id.");
    }
  }
}
