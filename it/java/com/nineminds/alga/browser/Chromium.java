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
 * The Chromium of this machine. One process serves the whole run, and the first use starts it. Only
 * the thread that runs the tests may use it, as with all of Playwright.
 */
final class Chromium {

  /** Tells a person how to install or name it. */
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
          // a page cannot reach any other machine
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

  private static Playwright playwright;
  private static Browser browser;

  private Chromium() {}

  /** Finds the program: {@code -Dalga.it.chromium} names it, or else it is on the PATH. */
  static Optional<Path> find() {
    String named = System.getProperty("alga.it.chromium");
    Stream<Path> candidates =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/bin").split(":", -1))
                .map(directory -> Path.of(directory, "chromium"));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  /** The running browser. The first call starts it. */
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

  /** Ends the browser, if it was started. */
  static void end() {
    if (playwright != null) {
      playwright.close();
      playwright = null;
      browser = null;
    }
  }
}
