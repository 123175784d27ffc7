package com.nineminds.alga.operator.session;

import com.nineminds.alga.audit.CurrentOperator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** Who is signed in, for the pages: {@code operator}. */
@Named("operator")
@RequestScoped
public class SignedInOperator {

  @Inject CurrentOperator current;
  @Inject ConsoleCookies cookies;
  @Inject HttpServletRequest request;

  /** Whether anybody is; on the page to sign in nobody is. */
  public boolean isSignedIn() {
    return current.name() != null;
  }

  public String getName() {
    return current.name();
  }

  /** What a form has to carry as {@code form_token}; empty when nobody is signed in. */
  public String getFormToken() {
    return cookies.session(request).map(SessionToken::formToken).orElse("");
  }
}
