package com.nineminds.alga.operator.provider;

import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.Sessions;
import com.nineminds.alga.operator.signin.SignInTries;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code POST /admin/sign-out}: ends the session on every node, and then at the provider. The
 * session here ends in any case.
 *
 * <p>The answer is a page that goes on to the provider by itself, and not a redirect. Browsers
 * apply the form-action of our pages to each redirect of a form, and the provider may redirect to
 * addresses that we do not know.
 */
@WebServlet("/admin/sign-out")
public class SignOut extends HttpServlet {

  /** The request attribute that holds the address at the provider for the page that leads there. */
  public static final String THERE = "alga.sign_out_at";

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(SignOut.class.getName());

  @Inject transient Sessions sessions;
  @Inject transient OpenIdProvider provider;
  @Inject transient OperatorSettings settings;
  @Inject transient SignInTries tries;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<String> idToken = sessions.end(request, response);
    String said = "signed_out";
    try {
      Optional<URI> there =
          settings.provider().isPresent()
              ? provider.signOut(idToken, tries.of(request))
              : Optional.empty();
      if (there.isPresent()) {
        leave(there.get(), request, response);
        return;
      }
    } catch (ProviderFailed e) {
      LOG.log(Level.WARNING, "sign-out at the OpenID provider failed: " + e.getMessage());
      said = "signed_out_here";
    }
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", "/admin/sign-in?said=" + said);
  }

  private static void leave(URI there, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setHeader("Refresh", "0; url=" + there);
    request.setAttribute(THERE, there);
    request.getRequestDispatcher("/admin/signed-out").forward(request, response);
  }
}
