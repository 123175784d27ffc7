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
 * Tells the server who an operator is: by the session of the cookie, which a password or an OpenID
 * provider started. A browser that asks for a page without a session is led to where its operator
 * can sign in.
 */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

  /**
   * Jakarta Authentication's name for how somebody was authenticated. Where nothing is said, the
   * server takes it for BASIC, looks for a name in the Authorization header of any request, of any
   * route, and fails where that says Basic and then has none.
   */
  private static final String AUTH_TYPE = "jakarta.servlet.http.authType";

  /** The request attribute with what the provider knows the operator by. */
  static final String SUBJECT = "alga.operator_sub";

  /** The header that htmx asks for a part of a page with. */
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
   * A provider's word is good for a while only, since it may have removed the operator. A page is
   * sent to the provider and back after half of that while, so that its forms stay good for the
   * other half: a form cannot be sent there and back.
   */
  private Duration longestSinceVouched(HttpServletRequest request) {
    if (settings.provider().isEmpty()) {
      return settings.longest();
    }
    boolean page = request.getMethod().equals("GET") && request.getHeader(PART) == null;
    return page ? settings.recheck().dividedBy(2) : settings.recheck();
  }

  /** Nobody knows whose session it is: the server would take that for a session of nobody's. */
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
    // a browser lets no form be redirected to the provider (form-action), so it gets a page of ours
    String target = settings.provider().isPresent() && readable ? "/admin/oidc" : "/admin/sign-in";
    String query = request.getQueryString();
    String next = request.getRequestURI() + (query == null ? "" : "?" + query);
    String location =
        target
            + (readable
                ? "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                : "?said=lost");
    if (request.getHeader(PART) != null) {
      // a part of a page was asked for: the whole page has to go
      response.setHeader("HX-Redirect", location);
      return context.responseUnauthorized();
    }
    // the whole address, by what is configured: the server would take the host from the request
    return context.redirect(settings.baseUrl() + location);
  }
}
