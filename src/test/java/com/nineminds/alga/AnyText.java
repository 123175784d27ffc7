package com.nineminds.alga;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts that somebody may send: anything at all, and what looks like the real thing. */
public final class AnyText {

  private AnyText() {}

  /** Of any characters, lone surrogates included, and often of those that are {@code likely}. */
  public static Arbitrary<String> like(String likely) {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(300),
        Arbitraries.strings().ascii().ofMaxLength(40),
        Arbitraries.strings().withChars(likely.toCharArray()).ofMaxLength(40),
        Arbitraries.strings()
            .withChars(likely.toCharArray())
            .withChars('\0', '\ud800', '\udfff', '\u202e', '\u0130', '\u017f', '\uff21')
            .ofMaxLength(20));
  }
}
