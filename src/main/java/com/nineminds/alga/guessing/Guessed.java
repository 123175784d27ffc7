package com.nineminds.alga.guessing;

/** What a try can be wrong about. Each has tries of its own. */
public enum Guessed {
  claim_code("wrong install codes"),
  credential("check-ins with a wrong credential");

  private final String inWords;

  Guessed(String inWords) {
    this.inWords = inWords;
  }

  String inWords() {
    return inWords;
  }
}
