package com.nineminds.alga.operator.guard;

import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.ConsoleCookies;
import com.nineminds.alga.operator.session.Sessions;
import com.nineminds.alga.operator.session.Sessions.Session;
import com.nineminds.alga.operator.signin.Passwords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the server who an operator is, by the session of the cookie. A password or an OpenID
 * provider started that session. If a browser asks for a page without a session, it is redirected
 * to the sign-in.
 */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

  /**
   * The key of Jakarta Authentication for the kind of authentication. If it is not set, the server
   * assumes BASIC. It then looks for a name in the Authorization header of every request of every
   * route, and fails if the header says Basic and has no name.
   */
  private static final String AUTH_TYPE = "jakarta.servlet.http.authType";

  /** The request attribute that holds the operator's subject at the provider. */
  static final String SUBJECT = "alga.operator_sub";

  /** The header with which htmx asks for a part of a page. */
  private static final String PART = "HX-Request";

  @Inject OperatorSettings settings;
  @Inject Sessions sessions;
  @Inject ConsoleCookies cookies;
  @Inject IdentityStoreHandler stores;
  @Inject ConsoleAnswers answers;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    if (context.isAuthenticationRequest()) {
      return context.notifyContainerAboutLogin(
          stores.validate(context.getAuthParameters().getCredential()));
    }
    context.getMessageInfo().getMap().put(AUTH_TYPE, "SESSION");
    if (!context.isProtected()) {
      return context.doNothing();
    }
    if (!settings.on()) {
      return context.responseNotFound();
    }
    try {
      Optional<Session> session =
          cookies
              .session(request)
              .flatMap(sessions::keepAlive)
              .filter(found -> found.vouched().compareTo(longestSinceVouched(request)) < 0);
      if (session.isEmpty()) {
        return leadToSignIn(request, response, context);
      }
      request.setAttribute(SUBJECT, session.get().subject());
      return context.notifyContainerAboutLogin(session.get().operator(), Set.of(Passwords.ROLE));
    } catch (RuntimeException e) {
      return fail(e, request, response);
    }
  }

  /**
   * The longest time since the provider confirmed the operator, because the provider may have
   * removed the operator since. After half of it, a request for a page is sent to the provider and
   * back. The forms of that page then stay valid for the other half, because a form cannot be sent
   * there and back.
   */
  private Duration longestSinceVouched(HttpServletRequest request) {
    if (settings.provider().isEmpty()) {
      return settings.longest();
    }
    boolean page = request.getMethod().equals("GET") && request.getHeader(PART) == null;
    return page ? settings.recheck().dividedBy(2) : settings.recheck();
  }

  /**
   * Answers with an error page if the session could not be looked up. Without an answer the server
   * would continue as if nobody were signed in.
   */
  private AuthenticationStatus fail(
      RuntimeException thrown, HttpServletRequest request, HttpServletResponse response) {
    answers.begin(request, response);
    try {
      answers.fail(thrown, request, response);
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    } finally {
      answers.end(request, response);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  private AuthenticationStatus leadToSignIn(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    answers.addHeaders(request, response);
    boolean readable = request.getMethod().equals("GET");
    // form-action lets no form be redirected to the provider, so the browser gets our page to sign
    // in
    String target = settings.provider().isPresent() && readable ? "/admin/oidc" : "/admin/sign-in";
    String query = request.getQueryString();
    String next = request.getRequestURI() + (query == null ? "" : "?" + query);
    String location =
        target
            + (readable
                ? "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                : "?said=lost");
    if (request.getHeader(PART) != null) {
      // htmx asked for a part of a page, but the whole page must change
      response.setHeader("HX-Redirect", location);
      return context.responseUnauthorized();
    }
    // the settings give the whole address; the server would take the host from the request
    return context.redirect(settings.baseUrl() + location);
  }
}
