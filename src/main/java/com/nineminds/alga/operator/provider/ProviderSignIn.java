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
      return refuse("provider");
    }
    ProvidedIdentity identity =
        provider.identity(code, request.getParameter("iss"), begun.get(), tries.of(request));
    if (!identity.granted()) {
      sessions.revoke(request, response);
      LOG.log(
          Level.WARNING,
          "{0} signed in at the provider, but may not use the console",
          identity.name());
      return refuse("not_allowed");
    }
    sessions.start(identity.name(), identity.subject(), request, response);
    return begun.get().next();
  }

  private String refuse(String why) {
    current.outcome(why);
    return "/admin/sign-in?said=" + why;
  }
}
