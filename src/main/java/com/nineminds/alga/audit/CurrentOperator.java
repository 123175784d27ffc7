package com.nineminds.alga.audit;

import jakarta.enterprise.context.RequestScoped;

/** The operator who is signed in at the console: what the request at hand changes is theirs. */
@RequestScoped
public class CurrentOperator {

  private String name;
  private String subject;

  /**
   * Says who is signed in.
   *
   * @param operator 1 to 200 characters
   * @param providerSubject by which the provider tells people with one name apart; null without a
   *     provider
   */
  public void signedIn(String operator, String providerSubject) {
    name = operator;
    subject = providerSubject;
  }

  /** Null where nobody is signed in, as on every route outside the console. */
  public String name() {
    return name;
  }

  /** By what an OpenID provider knows the operator; null for an operator with a password. */
  public String subject() {
    return subject;
  }
}
