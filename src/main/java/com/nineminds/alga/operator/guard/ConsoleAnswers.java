package com.nineminds.alga.operator.guard;

import com.nineminds.alga.db.SqlStates;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.http.request.Requests;
import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The common parts of all answers of the console: headers that let browsers do only what our pages
 * need, a page for failures, and one log line.
 */
@ApplicationScoped
public class ConsoleAnswers {

  /** The request attribute that holds the status of a failure for the page that shows it. */
  public static final String FAILED = "alga.failed";

  private static final Logger LOG = Logger.getLogger(ConsoleAnswers.class.getName());

  /**
   * All scripts and styles are files of ours. Charts and states set styles by script, not in the
   * text of a page.
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

  /** The address of the console for browsers; empty if there is no console. */
  public Optional<String> console() {
    return settings.on() ? Optional.of(settings.origin() + "/admin/") : Optional.empty();
  }

  /** Begins the request, and sets its id and the headers of the answer. */
  void begin(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(Requests.REQUEST_ID, requests.begin(request));
    addHeaders(request, response);
  }

  /** Ends the request, and writes its log line. */
  void end(HttpServletRequest request, HttpServletResponse response) {
    requests.end(request.getMethod(), new PageRequest(request).route(), response.getStatus());
  }

  /** Logs the exception, and answers with a page that says that something failed. */
  void fail(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean away = SqlStates.isTransient(thrown);
    LOG.log(away ? Level.WARNING : Level.SEVERE, "a page could not be created", thrown);
    fail(away ? Refusal.database_unavailable : Refusal.internal_error, request, response);
  }

  /**
   * Answers with a page for this refusal. Throws an IOException if a part of another answer was
   * sent already.
   */
  void fail(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    current.outcome(refusal.name());
    if (response.isCommitted()) {
      throw new IOException("the answer is incomplete: " + refusal);
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

  /**
   * Answers with plain text. Many slow senders could otherwise make the service create many pages.
   */
  private static void answerBusy(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "5");
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().print(BUSY);
  }

  /** Sets the headers of every page: browsers may do only what our pages need. */
  public void addHeaders(HttpServletRequest request, HttpServletResponse response) {
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
