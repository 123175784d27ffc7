package com.nineminds.alga.operator.provider;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * The page {@code /admin/signed-out}. {@link SignOut} answers with it, and the provider leads back
 * to it.
 */
@Named
@RequestScoped
public class SignedOutPage {

  @Inject HttpServletRequest request;

  /** The address that ends the session at the provider; empty if that is done. */
  public String getThere() {
    return Objects.toString(request.getAttribute(SignOut.THERE), "");
  }
}
