package com.nineminds.alga.operator.guard;

import com.nineminds.alga.http.problem.ProblemMapper;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.http.request.Requests;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all answers of the console have in common: the headers that keep browsers from doing what a
 * page of ours never asks for, a page that says what is wrong, one log line.
 */
@ApplicationScoped
public class ConsoleAnswers {

  /** The request attribute that tells the page for failures which status it is. */
  public static final String FAILED = "alga.failed";

  private static final Logger LOG = Logger.getLogger(ConsoleAnswers.class.getName());

  /**
   * Every script and style is a file of ours; charts and states set styles by script, not by text.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String BUSY =
      "Too many forms are being sent right now. Nothing was changed."
          + " Please go back and send it again in a few seconds.";

  @Inject OperatorSettings settings;
  @Inject Requests requests;
  @Inject CurrentRequest current;

  /** Begins the answer: its request's id and its headers. */
  void begin(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(Requests.REQUEST_ID, requests.begin(request));
    addHeaders(request, response);
  }

  /** Ends it, with its log line. */
  void end(HttpServletRequest request, HttpServletResponse response) {
    requests.end(request.getMethod(), new PageRequest(request).route(), response.getStatus());
  }

  /** Answers with a page that says that something failed, and logs what. */
  void fail(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean away = ProblemMapper.isDatabaseAway(thrown);
    LOG.log(away ? Level.WARNING : Level.SEVERE, "a page could not be made", thrown);
    fail(away ? Refusal.database_unavailable : Refusal.internal_error, request, response);
  }

  /** Answers with a page that says so; what was sent before cannot be taken back. */
  void fail(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    current.outcome(refusal.name());
    if (response.isCommitted()) {
      throw new IOException("the answer was cut off: " + refusal);
    }
    response.resetBuffer();
    response.setStatus(refusal.status());
    if (refusal == Refusal.database_unavailable) {
      response.setHeader("Retry-After", "2");
    }
    if (refusal == Refusal.busy) {
      answerBusy(response);
      return;
    }
    request.setAttribute(FAILED, refusal.status());
    request.getRequestDispatcher("/admin/failed").forward(FormRequest.bare(request), response);
  }

  /** No page: to make one for each of very many slow senders would be what they are after. */
  private static void answerBusy(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "5");
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().print(BUSY);
  }

  /** The headers that every answer has. */
  void addHeaders(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (settings.secure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
    if (!request.getRequestURI().startsWith("/jakarta.faces.resource/")) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
