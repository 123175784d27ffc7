package com.nineminds.alga;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts that a client may send: any characters, or characters like those of a valid text. */
public final class AnyText {

  private AnyText() {}

  /** Texts of any characters, even lone surrogates, and often of {@code likely} ones. */
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
