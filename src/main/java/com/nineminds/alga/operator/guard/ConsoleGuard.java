package com.nineminds.alga.operator.guard;

import com.nineminds.alga.audit.CurrentOperator;
import com.nineminds.alga.http.body.ReceivedRequest;
import com.nineminds.alga.http.problem.HttpProblem;
import com.nineminds.alga.http.request.Places;
import com.nineminds.alga.http.request.Requests;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.ConsoleCookies;
import com.nineminds.alga.operator.session.NextPage;
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
import java.util.List;
import java.util.Optional;

/**
 * Checks every request of the console. If there is no console, it answers 404. It refuses a form
 * that another site sent. {@link ConsoleAnswers} begins and ends each answer.
 */
@WebFilter({"/admin/*", "/jakarta.faces.resource/*"})
public class ConsoleGuard extends HttpFilter {

  /** The form member that proves that a form belongs to this session. */
  public static final String FORM_TOKEN = "form_token";

  /**
   * The servlet paths whose bodies this filter reads itself, after its first checks of the request.
   */
  public static final List<String> PATHS = List.of("/admin/", "/jakarta.faces.resource");

  private static final long serialVersionUID = 1;

  /** Places for forms of unknown senders. They can send only the form to sign in. */
  private final transient Places ofStrangers = new Places(48, 20);

  /**
   * Places for forms of operators who are signed in, and of browsers that operators signed in with
   * before.
   */
  private final transient Places ofOperators = new Places(16, 16);

  @Inject transient OperatorSettings settings;
  @Inject transient ConsoleAnswers answers;
  @Inject transient ConsoleCookies cookies;
  @Inject transient CurrentOperator current;
  @Inject transient Requests requests;

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
      Object subject = request.getAttribute(SignInMechanism.SUBJECT);
      current.signedIn(operator.getName(), (String) subject);
    }
    request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    try {
      pass(request, response, chain);
    } catch (ServletException | RuntimeException e) {
      answers.fail(e, request, response);
    } finally {
      answers.end(request, response);
    }
  }

  private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    PageRequest page = new PageRequest(request);
    if (page.isRoot()) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", NextPage.FIRST);
      return;
    }
    HttpServletRequest passed = request;
    Optional<Refusal> refusal = refusal(page);
    if (refusal.isEmpty() && !page.isReading()) {
      ReceivedRequest received = new ReceivedRequest(request);
      refusal = refusalToRead(received);
      if (refusal.isEmpty()) {
        passed = FormRequest.of(received);
      }
    }
    if (refusal.isEmpty()) {
      refusal = refusalOfContent(new PageRequest(passed));
    }
    if (refusal.isPresent()) {
      answers.fail(refusal.get(), request, response);
    } else {
      chain.doFilter(passed, response);
    }
  }

  /** Why the request is refused before its body is read; empty if it is not refused. */
  private Optional<Refusal> refusal(PageRequest page) {
    if (!page.isOurs()) {
      return Optional.of(Refusal.not_found);
    }
    if (!page.isOpen() && page.request().getUserPrincipal() == null) {
      // the server refuses this already (web.xml); this is a second check
      return Optional.of(Refusal.not_signed_in);
    }
    if (page.isReading()) {
      return Optional.empty();
    }
    if (!page.isShort()) {
      return Optional.of(Refusal.too_long);
    }
    return isFromHere(page.request()) ? Optional.empty() : Optional.of(Refusal.foreign_form);
  }

  /** Reads the form within its time. Returns why it is refused; empty if it is not refused. */
  private Optional<Refusal> refusalToRead(ReceivedRequest form) throws IOException {
    boolean known = form.getUserPrincipal() != null || cookies.known(form).isPresent();
    Optional<Places.Place> place = (known ? ofOperators : ofStrangers).take(requests.client(form));
    if (place.isEmpty()) {
      return Optional.of(Refusal.busy);
    }
    try {
      form.read();
    } finally {
      place.get().close();
    }
    Exception failure = form.failure().orElse(null);
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof HttpProblem.BodyTooLarge) {
      return Optional.of(Refusal.too_long);
    }
    return failure == null ? Optional.empty() : Optional.of(Refusal.too_slow);
  }

  /** Why the request is refused because of its parameters; empty if it is not refused. */
  private Optional<Refusal> refusalOfContent(PageRequest page) {
    if (!page.isReadable()) {
      return Optional.of(Refusal.unreadable);
    }
    boolean allowed =
        page.isReading() ? !page.isForm() : isOfThisSession(page.request()) && page.isStateless();
    return allowed ? Optional.empty() : Optional.of(Refusal.foreign_form);
  }

  /**
   * Whether the form comes from the console. Browsers name the origin of a form. A user who is not
   * signed in can send only the form to sign in, and the browser must name its origin.
   */
  private boolean isFromHere(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !origin.equals(settings.origin())) {
      return false;
    }
    return request.getUserPrincipal() != null
        || (origin != null && request.getServletPath().equals("/admin/sign-in"));
  }

  /**
   * Whether the form carries the token of the session. This also protects operators whose browser
   * does not name the origin of a form.
   */
  private boolean isOfThisSession(HttpServletRequest request) {
    if (request.getUserPrincipal() == null) {
      return true;
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
