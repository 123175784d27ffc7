package com.nineminds.alga.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A refusal that a client can act on: the base of every error of the contract, one type per code.
 * Thrown inside a transaction it rolls it back. {@link ProblemMapper} answers it.
 */
public abstract class Problem extends RuntimeException {

  /** What is wrong with one member of a request. */
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

  /** The members that are wrong; empty for all but a validation error. */
  public List<FieldError> errors() {
    return List.of();
  }

  /** When another try makes sense, for {@code Retry-After}. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
