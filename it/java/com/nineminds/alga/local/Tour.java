package com.nineminds.alga.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

/**
 * The service's main job as shell lines to paste in the project's folder. They are the lines of
 * {@code it/tour.sh}; only the service's address and secret are those of this local run.
 */
final class Tour {

  private static final String MARK = "# --- the tour ---\n";

  private final String base;
  private final String secret;

  /**
   * @param base where the service is
   * @param secret what a shell makes the service secret of
   */
  Tour(String base, String secret) {
    this.base = base;
    this.secret = secret;
  }

  /** The lines of the script that come after its mark. */
  String lines(Path script) throws IOException {
    String text = Files.readString(script);
    return text.substring(text.indexOf(MARK) + MARK.length())
        .replaceFirst("(?m)^alga=.*", Matcher.quoteReplacement("alga=" + base))
        .replaceFirst("(?m)^secret=.*", Matcher.quoteReplacement("secret=" + secret));
  }
}
