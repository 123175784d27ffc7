package com.nineminds.alga.operator;

import com.nineminds.alga.http.CurrentRequest;
import com.nineminds.alga.http.ProblemMapper;
import com.nineminds.alga.http.Requests;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What every request of the console passes: 404 where there is none; the headers that keep browsers
 * from doing what a page of ours never asks for; no change by a form that another site sent; one
 * log line.
 */
@WebFilter({"/admin/*", "/jakarta.faces.resource/*"})
public class ConsoleGuard extends HttpFilter {

  /** The form member that proves that a form is of this session. */
  public static final String FORM_TOKEN = "form_token";

  /** The request attribute that tells the page for failures which status it is. */
  public static final String FAILED = "alga.failed";

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(ConsoleGuard.class.getName());

  /**
   * Every script and style is a file of ours; charts and states set styles by script, not by text.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Inject transient OperatorSettings settings;
  @Inject transient ConsoleCookies cookies;
  @Inject transient Requests requests;
  @Inject transient CurrentRequest current;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!settings.on()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setHeader(
        Requests.REQUEST_ID,
        requests.begin(request.getHeader(Requests.REQUEST_ID), request.getRemoteAddr()));
    Principal operator = request.getUserPrincipal();
    if (operator != null) {
      current.operator(operator.getName());
    }
    addHeaders(request, response);
    request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    PageRequest page = new PageRequest(request);
    try {
      if (page.isRoot()) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", NextPage.FIRST);
        return;
      }
      Optional<Refusal> refusal = refusal(page);
      if (refusal.isPresent()) {
        fail(refusal.get(), request, response);
      } else {
        chain.doFilter(request, response);
      }
    } catch (ServletException | RuntimeException e) {
      boolean away = ProblemMapper.isDatabaseAway(e);
      LOG.log(away ? Level.WARNING : Level.SEVERE, "a page could not be made", e);
      fail(away ? Refusal.database_unavailable : Refusal.internal_error, request, response);
    } finally {
      requests.end(page.route(), response.getStatus());
    }
  }

  /** What speaks against letting it through, if anything does. */
  private Optional<Refusal> refusal(PageRequest page) {
    if (!page.isOurs()) {
      return Optional.of(Refusal.not_found);
    }
    if (!page.isOpen() && page.request().getUserPrincipal() == null) {
      // the server lets nobody come this far; if it ever does, this does not
      return Optional.of(Refusal.not_signed_in);
    }
    if (!page.isReading() && !page.isShort()) {
      return Optional.of(Refusal.too_long);
    }
    if (!page.isReadable()) {
      return Optional.of(Refusal.unreadable);
    }
    boolean allowed =
        page.isReading() ? !page.isForm() : isOfThisSession(page.request()) && page.isStateless();
    return allowed ? Optional.empty() : Optional.of(Refusal.foreign_form);
  }

  /** Answers with a page that says so; what was sent before cannot be taken back. */
  private void fail(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    current.outcome(refusal.name());
    if (response.isCommitted()) {
      throw new IOException("the answer was cut off: " + refusal);
    }
    response.resetBuffer();
    response.setStatus(refusal.status());
    request.setAttribute(FAILED, refusal.status());
    request.getRequestDispatcher("/admin/failed").forward(new BareRequest(request), response);
  }

  private void addHeaders(HttpServletRequest request, HttpServletResponse response) {
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

  /**
   * Browsers say where a form comes from. Whoever is signed in has to send the token of the session
   * too, so that a browser that does not say is no hole; nobody else has any form but the one to
   * sign in.
   */
  private boolean isOfThisSession(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    String ours = settings.baseUrl().getScheme() + "://" + settings.baseUrl().getAuthority();
    if (origin != null && !origin.equals(ours)) {
      return false;
    }
    if (request.getUserPrincipal() == null) {
      return origin != null && request.getServletPath().equals("/admin/sign-in");
    }
    String given = String.valueOf(request.getParameter(FORM_TOKEN));
    return cookies
        .session(request)
        .filter(
            token ->
                MessageDigest.isEqual(
                    token.formToken().getBytes(StandardCharsets.UTF_8),
                    given.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }
}
