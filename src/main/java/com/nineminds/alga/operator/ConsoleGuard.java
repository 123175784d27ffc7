package com.nineminds.alga.operator;

import com.nineminds.alga.http.CurrentRequest;
import com.nineminds.alga.http.Turns;
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

/**
 * What every request of the console passes: 404 where there is none; no change by a form that
 * another site sent; and what {@link ConsoleAnswers} does to each.
 */
@WebFilter({"/admin/*", "/jakarta.faces.resource/*"})
public class ConsoleGuard extends HttpFilter {

  /** The form member that proves that a form is of this session. */
  public static final String FORM_TOKEN = "form_token";

  private static final long serialVersionUID = 1;

  /** Few operators send forms, and anybody may send the one to sign in. */
  private final transient Turns turns = new Turns(16);

  @Inject transient OperatorSettings settings;
  @Inject transient ConsoleAnswers answers;
  @Inject transient ConsoleCookies cookies;
  @Inject transient CurrentRequest current;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!settings.on()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    answers.begin(request, response);
    Principal operator = request.getUserPrincipal();
    if (operator != null) {
      current.operator(operator.getName());
    }
    request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    PageRequest page = new PageRequest(request);
    try {
      if (page.isRoot()) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", NextPage.FIRST);
        return;
      }
      Optional<Refusal> refusal = refusal(page);
      if (refusal.isEmpty()) {
        refusal = refusalOfContent(page);
      }
      if (refusal.isPresent()) {
        answers.fail(refusal.get(), request, response);
      } else {
        chain.doFilter(request, response);
      }
    } catch (ServletException | RuntimeException e) {
      answers.fail(e, request, response);
    } finally {
      answers.end(request, response);
    }
  }

  /** What speaks against looking at what it brings, if anything does. */
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
    return Optional.empty();
  }

  /** What speaks against letting it through, if anything does. */
  private Optional<Refusal> refusalOfContent(PageRequest page) {
    try {
      if (!page.isReading() && !turns.readForm(page.request())) {
        return Optional.of(Refusal.busy);
      }
    } catch (IllegalArgumentException e) {
      return Optional.of(Refusal.unreadable);
    }
    if (!page.isReadable()) {
      return Optional.of(Refusal.unreadable);
    }
    boolean allowed =
        page.isReading() ? !page.isForm() : isOfThisSession(page.request()) && page.isStateless();
    return allowed ? Optional.empty() : Optional.of(Refusal.foreign_form);
  }

  /**
   * Browsers say where a form comes from. Whoever is signed in has to send the token of the session
   * too, so that a browser that does not say is no hole; nobody else has any form but the one to
   * sign in.
   */
  private boolean isOfThisSession(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !origin.equals(settings.origin())) {
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
