package com.nineminds.alga.operator.signin;

import com.nineminds.alga.audit.Actor;
import com.nineminds.alga.audit.AuditEvent;
import com.nineminds.alga.audit.AuditLog;
import com.nineminds.alga.http.request.CurrentRequest;
import com.nineminds.alga.operator.OperatorSettings;
import com.nineminds.alga.operator.session.NextPage;
import com.nineminds.alga.operator.session.Sessions;
import com.nineminds.alga.operator.signin.SignInTries.Attempt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.FacesConfig;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The page {@code /admin/sign-in}. */
@FacesConfig
@Named
@RequestScoped
public class SignInPage {

  /** What another page says by the parameter {@code said}. */
  private static final Set<String> FROM_ELSEWHERE =
      Set.of(
          "busy",
          "tries",
          "lost",
          "signed_out",
          "signed_out_here",
          "not_allowed",
          "no_claim",
          "groups_left_out",
          "provider");

  @Inject OperatorSettings settings;
  @Inject SecurityContext security;
  @Inject Sessions sessions;
  @Inject SignInTries tries;
  @Inject AuditLog auditLog;
  @Inject CurrentRequest current;

  private String problem;
  private long waitMinutes;

  /** Whether operators sign in with a password here and not at a provider. */
  public boolean isWithPassword() {
    return settings.provider().isEmpty();
  }

  /**
   * What went wrong or happened, as the last part of a text's name: {@code wrong}, {@code wait},
   * {@code busy}, {@code tries}, {@code lost}, {@code signed_out}, {@code signed_out_here}, {@code
   * not_allowed}, {@code no_claim}, {@code groups_left_out}, {@code provider}; empty for nothing.
   */
  public String getProblem() {
    if (problem != null) {
      return problem;
    }
    String said = parameter("said");
    return FROM_ELSEWHERE.contains(said) ? said : "";
  }

  /** The minutes to wait after too many tries. */
  public long getWaitMinutes() {
    return waitMinutes;
  }

  /** The name that the user typed before. */
  public String getName() {
    return parameter("name");
  }

  /** The page to open after the sign-in; always a page of the console. */
  public String getNext() {
    return NextPage.of(parameter("next"));
  }

  /** The link to the sign-in at the provider, which then leads to {@link #getNext}. */
  public String getProviderLink() {
    return "/admin/oidc?next=" + URLEncoder.encode(getNext(), StandardCharsets.UTF_8);
  }

  /** Checks the name and the password. If they are right, redirects to {@link #getNext}. */
  public void signIn() {
    Attempt attempt = tries.of(request(), getName());
    if (!tries.inTurn(attempt, () -> signIn(attempt))) {
      refuse("busy", "busy", 429);
      response().setHeader("Retry-After", Long.toString(HashingQueue.PATIENCE.toSeconds()));
    }
  }

  private void signIn(Attempt attempt) {
    String name = attempt.name();
    Optional<Duration> wait = tries.take(attempt);
    if (wait.isPresent()) {
      refuse("wait", "too_many_tries", 429);
      response().setHeader("Retry-After", Long.toString(wait.get().toSeconds() + 1));
      waitMinutes = wait.get().toMinutes() + 1;
      return;
    }
    if (!isRight(name)) {
      refuse("wrong", "wrong_password", HttpServletResponse.SC_UNAUTHORIZED);
      // an unknown name may be a password in the wrong field, so it is not recorded
      String known = settings.operators().containsKey(name) ? name : null;
      auditLog.append(AuditEvent.sign_in_failed, Actor.anonymous, null, known);
      return;
    }
    sessions.start(name, null, null, request(), response());
    tries.giveBack(attempt);
    response().setStatus(HttpServletResponse.SC_SEE_OTHER);
    response().setHeader("Location", getNext());
    FacesContext.getCurrentInstance().responseComplete();
  }

  private boolean isRight(String name) {
    if (name.isBlank() || !isWithPassword()) {
      return false;
    }
    return security.authenticate(
            request(),
            response(),
            AuthenticationParameters.withParams()
                .credential(new UsernamePasswordCredential(name, parameter("password"))))
        == AuthenticationStatus.SUCCESS;
  }

  private void refuse(String what, String outcome, int status) {
    problem = what;
    current.outcome(outcome);
    response().setStatus(status);
  }

  private static String parameter(String name) {
    String value = request().getParameter(name);
    return value == null ? "" : value;
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest) FacesContext.getCurrentInstance().getExternalContext().getRequest();
  }

  private static HttpServletResponse response() {
    return (HttpServletResponse)
        FacesContext.getCurrentInstance().getExternalContext().getResponse();
  }
}
