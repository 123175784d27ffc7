package com.nineminds.alga;

import com.nineminds.alga.config.IllegalSetting;
import com.nineminds.alga.config.Settings;
import com.nineminds.alga.db.DatabaseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the server that runs this application. An application cannot read {@code
 * server.xml}, but the server passes the variables of that file to it. Our {@code server.xml} has a
 * variable that names the version of its protections. A change that adds a protection that the
 * application relies on increases this version, there and here.
 *
 * @param keepAlive how long the server keeps an idle connection
 * @param reading what the server has read of its settings, if it says so
 * @param protections the version of the protections, if the server has them
 */
record ServerSettings(
    int httpPort, Duration keepAlive, Optional<String> reading, Optional<String> protections) {

  static final String PROTECTIONS = "1";

  private static final String KEEP_ALIVE = "KEEP_ALIVE_SECONDS";

  /**
   * Reads {@code HTTP_PORT}, {@code KEEP_ALIVE_SECONDS}, {@code alga.server.reading} and {@code
   * alga.server.protections}. The server reads the first two itself.
   */
  static ServerSettings read(Settings settings) {
    if (!settings.plain(KEEP_ALIVE).orElse("75").matches("[0-9]+")) {
      // the server's own reader of the number accepts less than ours
      throw new IllegalSetting(KEEP_ALIVE, "expected a whole number from 1 to 3600");
    }
    return new ServerSettings(
        settings.plain("HTTP_PORT").map(text -> Settings.port("HTTP_PORT", text)).orElse(9080),
        Duration.ofSeconds(settings.number(KEEP_ALIVE, 75, 1, 3600)),
        settings.text("alga.server.reading"),
        settings.text("alga.server.protections"));
  }

  /**
   * Compares what the server has read of its settings with our own reading.
   *
   * @throws IllegalSetting if they differ. Then a setting is set in a way that the server does not
   *     know, for example as a system property.
   */
  void compare(DatabaseSettings database) {
    if (reading.isEmpty()) {
      return;
    }
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("HTTP_PORT", Integer.toString(httpPort));
    ours.put(KEEP_ALIVE, Long.toString(keepAlive.toSeconds()));
    ours.putAll(database.address());
    String[] theirs = reading.get().split(" ", ours.size());
    int next = 0;
    for (Map.Entry<String, String> setting : ours.entrySet()) {
      String their = next < theirs.length ? theirs[next++] : "";
      if (!setting.getValue().equals(their.strip())) {
        throw new IllegalSetting(
            setting.getKey(),
            "the server has read another value; set it in the environment of the server only");
      }
    }
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
