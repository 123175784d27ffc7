package com.nineminds.alga.onboarding;

import com.nineminds.alga.http.problem.Problem;

/** The errors of a registration. */
abstract class OnboardingProblem extends Problem {

  private OnboardingProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 409: the key was used before with another body. */
  static final class IdempotencyConflict extends OnboardingProblem {
    IdempotencyConflict() {
      super(
          409,
          "idempotency_conflict",
          "This Idempotency-Key was used for another request; use a new key for a new request.");
    }
  }
}
