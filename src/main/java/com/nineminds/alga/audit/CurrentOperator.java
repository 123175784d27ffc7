package com.nineminds.alga.audit;

import jakarta.enterprise.context.RequestScoped;

/**
 * The operator who is signed in at the console. The audit log names this operator as the actor of
 * the current request.
 */
@RequestScoped
public class CurrentOperator {

  private String name;
  private String subject;

  /**
   * Sets the operator who is signed in.
   *
   * @param operator the name, 1 to 200 characters
   * @param providerSubject the operator's id at the OpenID provider, which distinguishes people
   *     with the same name; null without a provider
   */
  public void signedIn(String operator, String providerSubject) {
    name = operator;
    subject = providerSubject;
  }

  /** The operator signed out. Nobody is signed in during the rest of the request. */
  public void signedOut() {
    name = null;
    subject = null;
  }

  /**
   * The name of the operator. Null if nobody is signed in, as on every route outside the console.
   */
  public String name() {
    return name;
  }

  /** The operator's id at the OpenID provider. Null for an operator with a password. */
  public String subject() {
    return subject;
  }
}
