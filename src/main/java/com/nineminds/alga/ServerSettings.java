package com.nineminds.alga;

import com.nineminds.alga.config.Settings;
import java.util.Optional;

/**
 * How the server is set up that runs this application. An application cannot read {@code
 * server.xml}; but the server shows it the variables of that file, and ours has one that says which
 * protections are in force. Whoever adds a protection that the application relies on counts it up,
 * there and here.
 */
record ServerSettings(Optional<String> protections) {

  static final String PROTECTIONS = "1";

  /** Reads {@code alga.server.protections}. */
  static ServerSettings read(Settings settings) {
    return new ServerSettings(settings.text("alga.server.protections"));
  }

  /** What an operator has to know, in one line; empty where the server is set up as ours is. */
  Optional<String> warning() {
    if (protections.filter(PROTECTIONS::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "This server is not set up as Alga License needs it (alga.server.protections is %s, and not %s)."
                .formatted(protections.orElse("not set"), PROTECTIONS)
            + " Unprotected may be: the size and number of headers, slow senders, the number of"
            + " connections, threads for clients that wait, packed bodies, headers of a web server's"
            + " plug-in, single sign-on beside the console's own, error pages, locks and statements"
            + " of the database. operating.md, \"On another server\", has what belongs in its server.xml.");
  }
}
