package com.nineminds.alga.guessing;

/** The kinds of secret that somebody can guess. Each kind has tries of its own. */
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
   * Whether a network without tries is refused before its attempt. Only codes are short enough to
   * be hit by guessing. The other two have 256 bits, so a good one is accepted from everybody.
   */
  boolean isShort() {
    return this == claim_code;
  }
}
