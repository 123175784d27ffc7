package com.nineminds.alga.http.problem;

import com.nineminds.alga.http.problem.Problem.FieldError;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.List;
import java.util.Locale;

/** RFC 9457 problem details, with the members {@code code} and {@code error} that clients read. */
public record ProblemBody(
    String type, String title, int status, String code, String error, List<FieldError> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  /** The answer to an unexpected error. */
  static final ProblemBody INTERNAL_ERROR =
      of(
          500,
          "internal_error",
          "Something went wrong on our side; please try again, or contact support with the request id.",
          List.of());

  /** The answer to an address that is none of ours. */
  static final ProblemBody NOT_FOUND = of(Status.NOT_FOUND);

  /**
   * The answer to a request that the server itself refuses: an unknown path, a wrong method or
   * media type.
   */
  static ProblemBody of(StatusType refused) {
    String phrase = refused.getReasonPhrase();
    return of(
        refused.getStatusCode(),
        phrase.toLowerCase(Locale.ROOT).replace(' ', '_'),
        phrase + ": see /openapi for what this service answers.",
        List.of());
  }

  static ProblemBody of(Problem problem) {
    return of(problem.status(), problem.code(), problem.getMessage(), problem.errors());
  }

  private static ProblemBody of(int status, String code, String error, List<FieldError> errors) {
    Status standard = Status.fromStatusCode(status);
    return new ProblemBody(
        "about:blank",
        standard == null ? "Error" : standard.getReasonPhrase(),
        status,
        code,
        error,
        errors.isEmpty() ? null : errors);
  }
}
