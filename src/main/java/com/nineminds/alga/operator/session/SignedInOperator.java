package com.nineminds.alga.operator.session;

import com.nineminds.alga.audit.CurrentOperator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** The operator who is signed in. Pages use it as {@code operator}. */
@Named("operator")
@RequestScoped
public class SignedInOperator {

  @Inject CurrentOperator current;
  @Inject ConsoleCookies cookies;
  @Inject HttpServletRequest request;

  /** Whether an operator is signed in. On the page to sign in nobody is. */
  public boolean isSignedIn() {
    return current.name() != null;
  }

  public String getName() {
    return current.name();
  }

  /** The value that a form must carry as {@code form_token}; empty if nobody is signed in. */
  public String getFormToken() {
    return cookies.session(request).map(SessionToken::formToken).orElse("");
  }
}
