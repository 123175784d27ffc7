package com.nineminds.alga.operator.provider;

import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.BegunSignIn;
import com.nineminds.alga.operator.session.ConsoleCookies;
import com.nineminds.alga.operator.session.NextPage;
import com.nineminds.alga.operator.session.Sessions;
import com.nineminds.alga.operator.signin.SignInTries;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sign-in at the OpenID provider. {@code /admin/oidc} sends the browser to the provider, and
 * {@code /admin/callback} receives it when it returns. A cookie keeps the begun sign-in in that
 * browser, so that nobody is signed in by an answer that another browser asked for. Operators who
 * are signed in pass here every few minutes, because the provider's confirmation is valid only for
 * a while.
 */
@WebServlet({"/admin/oidc", "/admin/callback"})
public class ProviderSignIn extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(ProviderSignIn.class.getName());
  private static final int LONGEST_ERROR = 500;

  @Inject transient OpenIdProvider provider;
  @Inject transient OperatorSettings settings;
  @Inject transient Sessions sessions;
  @Inject transient ConsoleCookies cookies;
  @Inject transient SignInTries tries;
  @Inject transient CurrentRequest current;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", next(request, response));
  }

  private String next(HttpServletRequest request, HttpServletResponse response) {
    if (settings.provider().isEmpty()) {
      return "/admin/sign-in";
    }
    try {
      return request.getServletPath().equals("/admin/oidc")
          ? begin(request, response)
          : finish(request, response);
    } catch (ProviderFailed e) {
      LOG.log(Level.WARNING, "sign-in at the OpenID provider failed: " + e.getMessage());
      return refuse(e.said());
    }
  }

  private String begin(HttpServletRequest request, HttpServletResponse response) {
    BegunSignIn begun = BegunSignIn.fresh(NextPage.of(request.getParameter("next")));
    String there = provider.authorization(begun, tries.of(request)).toString();
    cookies.begun(response, begun);
    return there;
  }

  private String finish(HttpServletRequest request, HttpServletResponse response) {
    Optional<BegunSignIn> begun =
        cookies.begun(request).filter(kept -> kept.state().equals(request.getParameter("state")));
    if (begun.isEmpty()) {
      // another tab may have begun a later sign-in, which stays valid
      return refuse("lost");
    }
    cookies.forgetBegun(response);
    String code = request.getParameter("code");
    if (code == null) {
      throw new ProviderFailed("provider", "it answered " + error(request));
    }
    OpenIdProvider.Answer answer =
        provider.identity(code, request.getParameter("iss"), begun.get(), tries.of(request));
    ProvidedIdentity identity = answer.identity();
    if (!identity.granted()) {
      sessions.revoke(request, response);
      LOG.log(Level.WARNING, reason(identity.access()), new Object[] {identity.name(), claim()});
      return refuse(identity.access().name());
    }
    sessions.start(identity.name(), identity.subject(), answer.idToken(), request, response);
    return begun.get().next();
  }

  /** Why the provider sent no code, in its own words. */
  private static String error(HttpServletRequest request) {
    String error = request.getParameter("error") + ": " + request.getParameter("error_description");
    return error.substring(0, Math.min(error.length(), LONGEST_ERROR));
  }

  /** What the administrator of the provider has to know, with the name and the claim. */
  private static String reason(ProvidedIdentity.Access access) {
    return switch (access) {
      case granted -> throw new IllegalArgumentException("there is nothing to do");
      case not_allowed -> "{0} signed in at the provider, but may not use the console";
      case no_claim ->
          "{0} signed in at the provider, but neither the ID token nor the userinfo has the claim"
              + " {1}. Let the provider send it to this client, or change CONSOLE_OIDC_CLAIM or"
              + " CONSOLE_OIDC_SCOPE. Some providers leave it out for a person in no group";
      case groups_left_out ->
          "{0} signed in at the provider, but has too many groups, so the provider left out the"
              + " claim {1}. Let it send only the groups that are assigned to the application, or"
              + " use app roles: CONSOLE_OIDC_CLAIM=roles, with the role as CONSOLE_OIDC_GROUP";
    };
  }

  private String claim() {
    return settings.provider().orElseThrow().claim();
  }

  private String refuse(String why) {
    current.outcome(why);
    return "/admin/sign-in?said=" + why;
  }
}
