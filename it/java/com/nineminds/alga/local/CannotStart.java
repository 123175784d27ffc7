package com.nineminds.alga.local;

/** The local run cannot start for a reason that the user can mend: one sentence, no stack trace. */
final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotStart(String sentence) {
    super(sentence, null, false, false);
  }
}
