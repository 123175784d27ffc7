package com.nineminds.alga.http;

import com.nineminds.alga.http.Problem.FieldError;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** RFC 9457 problem details, with the members {@code code} and {@code error} that clients read. */
public record ProblemBody(
    String type, String title, int status, String code, String error, List<FieldError> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  static ProblemBody of(int status, String code, String error, List<FieldError> errors) {
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
