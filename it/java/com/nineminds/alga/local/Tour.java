package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

/**
 * The main steps of the service as shell lines, to paste in the folder of the project. They are the
 * lines of {@code it/tour.sh}. Only the address and the secret are those of this local run.
 */
final class Tour {

  private static final String MARK = "# --- the tour ---\n";

  private final String base;
  private final String secret;

  /**
   * @param base address of the service
   * @param secret shell expression for the service secret
   */
  Tour(String base, String secret) {
    this.base = base;
    this.secret = secret;
  }

  /** The lines of the script after its mark. */
  String lines(Path script) throws IOException {
    String text = Files.readString(script);
    return text.substring(text.indexOf(MARK) + MARK.length())
        .replaceFirst("(?m)^alga=.*", Matcher.quoteReplacement("alga=" + base))
        .replaceFirst("(?m)^secret=.*", Matcher.quoteReplacement("secret=" + secret));
  }
}
