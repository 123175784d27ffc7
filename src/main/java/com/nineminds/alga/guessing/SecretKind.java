package com.nineminds.alga.guessing;

/** The kinds of secret that somebody can guess. Each kind has its own budgets of tries. */
public enum SecretKind {
  claim_code("wrong install codes"),
  credential("check-ins with a wrong credential"),
  service_secret("wrong service secrets");

  private final String inWords;

  SecretKind(String inWords) {
    this.inWords = inWords;
  }

  String inWords() {
    return inWords;
  }

  /**
   * Whether the secret is short enough to be guessed. A network without tries is then refused
   * before its attempt. The other two kinds are too long to be guessed, so a right one is accepted
   * from every network.
   */
  boolean isShort() {
    return this == claim_code;
  }
}
