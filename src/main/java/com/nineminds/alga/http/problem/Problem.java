package com.nineminds.alga.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A refusal that a client can act on. It is the base class of every error of the contract, with one
 * type per code. A transaction in which it is thrown is rolled back. {@link ProblemMapper} turns it
 * into an answer.
 */
public abstract class Problem extends RuntimeException {

  /** One wrong member of a request, and what is wrong with it. */
  public record FieldError(String field, String message) {}

  private final int status;
  private final String code;

  /**
   * @param code stable and machine-readable, as in the contract
   * @param error one plain sentence: what happened, and what to do next
   */
  protected Problem(int status, String code, String error) {
    super(error, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status, 400 to 599. */
  public final int status() {
    return status;
  }

  /** The machine-readable code. */
  public final String code() {
    return code;
  }

  /** The wrong members; empty except for a validation error. */
  public List<FieldError> errors() {
    return List.of();
  }

  /** The time after which another try makes sense, for {@code Retry-After}. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
