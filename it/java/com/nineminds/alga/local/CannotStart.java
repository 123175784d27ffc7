package com.nineminds.alga.local;

/** The local run cannot start. One sentence names the reason, which the user can fix. */
final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotStart(String sentence) {
    super(sentence, null, false, false);
  }
}
