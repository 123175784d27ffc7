package com.nineminds.alga.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The refusals that any route can give. */
public abstract class HttpProblem extends Problem {

  private static final Duration SOON = Duration.ofSeconds(5);

  private HttpProblem(int status, String code, String error) {
    super(status, code, error);
  }

  /** 400: the body is not a JSON object, or members are missing or malformed. */
  public static final class InvalidRequest extends HttpProblem {
    private final transient List<FieldError> errors;

    public InvalidRequest(String error) {
      super(400, "invalid_request", error);
      this.errors = List.of();
    }

    /** Names every wrong member, not only the first. */
    public InvalidRequest(List<FieldError> errors) {
      super(400, "invalid_request", sentence(errors));
      this.errors = List.copyOf(errors);
    }

    @Override
    public List<FieldError> errors() {
      return errors;
    }

    private static String sentence(List<FieldError> errors) {
      return errors.stream()
          .map(error -> error.field() + " " + error.message())
          .collect(Collectors.joining("; ", "The request is not valid: ", "."));
    }
  }

  /** 401: the service secret is missing or wrong. */
  public static final class Unauthorized extends HttpProblem {
    public Unauthorized() {
      super(401, "unauthorized", "This route needs the service secret as a bearer token.");
    }
  }

  /** 408: the body did not arrive within 10 seconds. */
  public static final class BodyTooSlow extends HttpProblem {
    public BodyTooSlow() {
      super(
          408, "request_timeout", "The request body did not arrive in time; please send it again.");
    }
  }

  /**
   * 503: the body did not arrive, on a route whose clients wait for long after a 4xx ({@link
   * com.nineminds.alga.http.SlowIs503}).
   */
  public static final class BodyNotReceived extends HttpProblem {
    public BodyNotReceived() {
      super(
          503,
          "request_timeout",
          "The request body did not arrive in time; please send it again in a few seconds.");
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(SOON);
    }
  }

  /** 413: the body is over 64 KiB. */
  public static final class BodyTooLarge extends HttpProblem {
    public BodyTooLarge() {
      super(413, "body_too_large", "The request body is over 64 KiB.");
    }
  }

  /** 503: too many bodies arrive slowly at the same time, in total or from one network. */
  public static final class Busy extends HttpProblem {
    public Busy() {
      super(
          503,
          "busy",
          "The service receives too many slow or long requests right now; please try again in a few"
              + " seconds.");
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(SOON);
    }
  }

  /** 503: the database cannot be reached, or a conflict with another request undid this one. */
  public static final class DatabaseUnavailable extends HttpProblem {
    public DatabaseUnavailable() {
      super(
          503,
          "database_unavailable",
          "The service cannot reach its database right now; please try again.");
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(Duration.ofSeconds(2));
    }
  }
}
