package com.nineminds.alga.browser;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One person's browser, with cookies of its own, at one server. It collects complaints: console
 * errors, uncaught exceptions, violations of the page's content security policy, and requests to
 * anybody but that server. A test asserts that there were none. For one thread only.
 */
public final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Stage.DIRECTORY.resolve("screenshots");
  private static final double PATIENCE_MILLIS = 15_000;

  /**
   * A violation that has no message of its own in the console (a report without effect) has one.
   */
  private static final String REPORT_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', event => console.error(
        'securitypolicyviolation: ' + event.effectiveDirective + ' ' + event.blockedURI));
      """;

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private final URI server;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> allowed = new TreeSet<>();

  private Browser(URI server, Device device) {
    this.server = server;
    this.context = Chromium.running().newContext(device.options());
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(REPORT_VIOLATIONS);
    allow(server);
    context.onConsoleMessage(this::heard);
    context.onWebError(error -> complaints.add("exception: " + error.error()));
    context.onRequest(request -> asked(request.url()));
    context.onPage(opened -> opened.onWebSocket(socket -> asked(socket.url())));
    this.page = context.newPage();
  }

  /** A new one, without cookies, that shows nothing yet. */
  public static Browser open(URI server, Device device) {
    return new Browser(server, device);
  }

  /** Lets its pages send requests to another server too, as to the provider of a sign-in. */
  public Browser allow(URI other) {
    allowed.add(other.getAuthority());
    return this;
  }

  /** Goes to a path of the server. */
  public Response go(String path) {
    return page.navigate(server.resolve(path).toString());
  }

  /** What the person sees and works with. */
  public Page page() {
    return page;
  }

  /** Cookies, and further pages. */
  public BrowserContext context() {
    return context;
  }

  /** All complaints so far, oldest first. */
  public List<String> complaints() {
    page.evaluate("0"); // what is on its way arrives before the answer
    return List.copyOf(complaints);
  }

  /** Forgets the complaints so far: those that a test has seen and wanted. */
  public void forgetComplaints() {
    complaints();
    complaints.clear();
  }

  /** What axe-core finds on the page: rule, impact, place and remedy. JavaScript must be on. */
  public List<String> axe() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
            // One call in the page itself: the pages have no frames, and a second page costs 2 s.
            .setLegacyMode(true)
            .options(options)
            .withTags(RULES)
            .analyze()
            .getViolations()
            .stream()
            .flatMap(
                rule ->
                    rule.getNodes().stream()
                        .map(
                            node ->
                                "%s (%s) at %s: %s"
                                    .formatted(
                                        rule.getId(),
                                        rule.getImpact(),
                                        node.getTarget(),
                                        rule.getHelp())))
            .toList();
  }

  /** The whole page as a picture, {@code target/it/screenshots/NAME.png}. */
  public Path screenshot(String name) {
    Path file = SCREENSHOTS.resolve(name + ".png");
    page.screenshot(new ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  @Override
  public void close() {
    context.close();
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error")) {
      complaints.add("console: " + message.text() + " (" + message.location() + ")");
    }
  }

  private void asked(String url) {
    if (url.matches("(data|blob|about):.*")) {
      return;
    }
    if (!allowed.contains(URI.create(url).getAuthority())) {
      complaints.add("request to another host: " + url);
    }
  }
}
