package com.nineminds.alga.http.problem;

import com.nineminds.alga.db.SqlStates;
import com.nineminds.alga.http.SlowIs503;
import com.nineminds.alga.http.problem.HttpProblem.BodyNotReceived;
import com.nineminds.alga.http.problem.HttpProblem.BodyTooSlow;
import com.nineminds.alga.http.problem.HttpProblem.DatabaseUnavailable;
import com.nineminds.alga.http.problem.HttpProblem.InvalidRequest;
import com.nineminds.alga.http.request.CurrentRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The only place where an error of a route becomes an answer. A {@link Problem} defines its own
 * answer. A temporary failure of the database becomes 503. A request that cannot be read becomes
 * 400. JAX-RS's own refusals keep their status. An unexpected error is logged with its stack trace,
 * and becomes 500 without details.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

  @Inject CurrentRequest current;
  @Context ResourceInfo route;

  @Override
  public Response toResponse(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return answer(
            problem instanceof BodyTooSlow && isSlow503() ? new BodyNotReceived() : problem);
      }
    }
    if (SqlStates.isTransient(thrown)) {
      LOG.log(Level.WARNING, "database unavailable: " + thrown.getMessage());
      return answer(new DatabaseUnavailable());
    }
    if (isUnreadable(thrown)) {
      if (isSlow503()) {
        return answer(new BodyNotReceived());
      }
      return answer(new InvalidRequest("The request could not be read; please check it."));
    }
    if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
      return answer(e.getResponse());
    }
    LOG.log(Level.SEVERE, "unexpected error", thrown);
    return answer(ProblemBody.INTERNAL_ERROR, Response.serverError());
  }

  private boolean isSlow503() {
    Method method = route.getResourceMethod();
    return method != null && method.isAnnotationPresent(SlowIs503.class);
  }

  /**
   * Whether the body ended early, or the address has a broken escape. A failure of the database may
   * have such a cause too, and is an error of ours.
   */
  private static boolean isUnreadable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return false;
      }
      if (cause instanceof IOException || cause instanceof URISyntaxException) {
        return true;
      }
    }
    return false;
  }

  private Response answer(Problem problem) {
    Response.ResponseBuilder response = Response.status(problem.status());
    problem
        .retryAfter()
        .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
    if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()
        && problem instanceof HttpProblem) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer(ProblemBody.of(problem), response);
  }

  /** Answers a refusal of JAX-RS itself: an unknown path, a wrong method or media type. */
  private Response answer(Response refusal) {
    Response.ResponseBuilder response = Response.status(refusal.getStatusInfo());
    if (refusal.getHeaderString(HttpHeaders.ALLOW) != null) {
      response.header(HttpHeaders.ALLOW, refusal.getHeaderString(HttpHeaders.ALLOW));
    }
    return answer(ProblemBody.of(refusal.getStatusInfo()), response);
  }

  private Response answer(ProblemBody body, Response.ResponseBuilder response) {
    current.outcome(body.code());
    return response.type(ProblemBody.MEDIA_TYPE).entity(body).build();
  }
}
