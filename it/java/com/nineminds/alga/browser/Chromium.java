package com.nineminds.alga.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's Chromium: one process for the whole run, started when it is first asked for. Like
 * everything of Playwright it is used by one thread only, the one that runs the tests.
 */
final class Chromium {

  /** What a person can do when it is missing. */
  static final String MISSING =
      "no Chromium found (install it: apt-get install chromium, or name it: -Dalga.it.chromium=PATH)";

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run",
          // whatever a page asks for, nothing leaves this machine
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

  private static Playwright playwright;
  private static Browser browser;

  private Chromium() {}

  /** Where it is: {@code -Dalga.it.chromium}, else the one on the PATH. */
  static Optional<Path> find() {
    String named = System.getProperty("alga.it.chromium");
    Stream<Path> candidates =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/bin").split(":", -1))
                .map(directory -> Path.of(directory, "chromium"));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  /** The running one. */
  static Browser running() {
    if (browser == null) {
      Path executable = find().orElseThrow(() -> new IllegalStateException(MISSING));
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      browser =
          playwright
              .chromium()
              .launch(
                  new LaunchOptions()
                      .setExecutablePath(executable)
                      .setHeadless(true)
                      .setArgs(FLAGS));
    }
    return browser;
  }

  /** Ends it, if it was started. */
  static void end() {
    if (playwright != null) {
      playwright.close();
      playwright = null;
      browser = null;
    }
  }
}
