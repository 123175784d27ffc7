package com.nineminds.alga.onboarding;

import com.nineminds.alga.http.problem.Problem;

/** What can be wrong with a registration. */
abstract class OnboardingProblem extends Problem {

  private OnboardingProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 409: the key came with another body before. */
  static final class IdempotencyConflict extends OnboardingProblem {
    IdempotencyConflict() {
      super(
          409,
          "idempotency_conflict",
          "This Idempotency-Key was used for another request; use a new key for a new request.");
    }
  }
}
