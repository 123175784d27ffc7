package com.nineminds.alga;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the server that runs this application. An application cannot read {@code
 * server.xml}, but the server passes the variables of that file to it. Our {@code server.xml} has a
 * variable that names the version of its protections. A change that adds a protection that the
 * application relies on increases this version, there and here.
 *
 * @param protections the version of the protections, if the server has them
 * @param keepAlive how long the server keeps an idle connection
 */
record ServerSettings(Optional<String> protections, Duration keepAlive) {

  static final String PROTECTIONS = "1";

  private static final String KEEP_ALIVE = "KEEP_ALIVE_SECONDS";

  /**
   * Reads {@code alga.server.protections} and {@code KEEP_ALIVE_SECONDS}. The server reads the
   * latter itself; here it is only checked.
   */
  static ServerSettings read(Settings settings) {
    if (!settings.plain(KEEP_ALIVE).orElse("75").matches("[0-9]+")) {
      // the server's own reader of the number accepts less than ours
      throw new IllegalSetting(KEEP_ALIVE, "expected a whole number from 1 to 3600");
    }
    return new ServerSettings(
        settings.text("alga.server.protections"),
        Duration.ofSeconds(settings.number(KEEP_ALIVE, 75, 1, 3600)));
  }

  /**
   * A warning for the operator, in one line. Empty if the server has the protections of this
   * version.
   */
  Optional<String> warning() {
    if (protections.filter(PROTECTIONS::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "This server lacks the protections that Alga License needs (alga.server.protections is %s, not %s)."
                .formatted(protections.orElse("not set"), PROTECTIONS)
            + " It may lack limits on the size and number of headers, slow senders, connections, threads"
            + " of waiting clients, and locks and statements of the database. It may accept"
            + " compressed bodies, headers of a web server's plug-in, and single sign-on beside the"
            + " console's own. It may show its own error pages. operating.md, \"On another server\","
            + " lists the settings for its server.xml.");
  }
}
