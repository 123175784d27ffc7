package com.nineminds.alga.operator;

import com.nineminds.alga.http.CurrentRequest;
import com.nineminds.alga.http.ProblemMapper;
import com.nineminds.alga.http.Requests;
import jakarta.faces.render.ResponseStateManager;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
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
  private static final String RESOURCES = "/jakarta.faces.resource";
  private static final int LONGEST_FORM = 64 * 1024;
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
    try {
      if (request.getRequestURI().matches("/admin/?")) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", NextPage.FIRST);
      } else if (!isOurs(request)) {
        fail(HttpServletResponse.SC_NOT_FOUND, "not_found", request, response);
      } else if (operator == null && !isOpen(request)) {
        // the server lets nobody come this far; if it ever does, this does not
        fail(HttpServletResponse.SC_FORBIDDEN, "not_signed_in", request, response);
      } else if (!isReading(request) && !isShort(request)) {
        fail(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "too_long", request, response);
      } else if (!isReadable(request)) {
        fail(HttpServletResponse.SC_BAD_REQUEST, "unreadable", request, response);
      } else if (isReading(request)
          ? view(request) == null
          : isOfThisSession(request) && isOfNoView(request)) {
        chain.doFilter(request, response);
      } else {
        fail(HttpServletResponse.SC_FORBIDDEN, "foreign_form", request, response);
      }
    } catch (ServletException | RuntimeException e) {
      boolean away = ProblemMapper.isDatabaseAway(e);
      LOG.log(away ? Level.WARNING : Level.SEVERE, "a page could not be made", e);
      fail(
          away
              ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
              : HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
          away ? "database_unavailable" : "internal_error",
          request,
          response);
    } finally {
      requests.end(route(request), response.getStatus());
    }
  }

  /**
   * A page, a servlet or a resource of ours, and nothing that only looks like one: what comes after
   * {@link #RESOURCES} and is no resource, Faces takes for a page, and nobody has to sign in there.
   */
  private static boolean isOurs(HttpServletRequest request) {
    String path = request.getPathInfo();
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT
        || (request.getServletPath().equals(RESOURCES)
            && path != null
            && path.startsWith(RESOURCES + "/"));
  }

  /** What needs no session: signing in, and what the page for that consists of. */
  private static boolean isOpen(HttpServletRequest request) {
    return request.getServletPath().matches("/admin/(sign-in|oidc|callback)|" + RESOURCES);
  }

  /** Answers with a page that says so; what was sent before cannot be taken back. */
  private void fail(
      int status, String outcome, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    current.outcome(outcome);
    if (response.isCommitted()) {
      throw new IOException("the answer was cut off: " + outcome);
    }
    response.resetBuffer();
    response.setStatus(status);
    request.setAttribute(FAILED, status);
    request.getRequestDispatcher("/admin/failed").forward(new Bare(request), response);
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

  private static boolean isReading(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** No form of ours is longer, and the server would read any into memory. */
  private static boolean isShort(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length <= LONGEST_FORM
        && (length >= 0 || request.getHeader("Transfer-Encoding") == null);
  }

  /** Whether every escape is one, and every text one that the database can hold. */
  private static boolean isReadable(HttpServletRequest request) {
    try {
      return request.getParameterMap().values().stream()
          .flatMap(Arrays::stream)
          .noneMatch(value -> value.indexOf('\0') >= 0);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What makes Faces take a request for the answer to a form; it does so by an address alone too,
   * so that a link on any site could send one.
   */
  private static String view(HttpServletRequest request) {
    return request.getParameter(ResponseStateManager.VIEW_STATE_PARAM);
  }

  /** No page has a state that its form would bring back. */
  private static boolean isOfNoView(HttpServletRequest request) {
    String view = view(request);
    return view == null || view.equals("stateless");
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

  /** The page, of which there are few; never what a request made up. */
  private static String route(HttpServletRequest request) {
    String path = request.getServletPath();
    return request.getMethod()
        + " "
        + (path.matches("/admin/[a-z.-]{0,30}") ? path : "/admin/(other)");
  }

  /** A request without its parameters, which are not for the page that says what is wrong. */
  private static final class Bare extends HttpServletRequestWrapper {

    Bare(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getParameter(String name) {
      return null;
    }

    @Override
    public String[] getParameterValues(String name) {
      return null;
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }
  }
}
