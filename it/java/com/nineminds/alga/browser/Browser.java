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
 * The browser of one person, with its own cookies, at one server. It collects complaints: console
 * errors, uncaught exceptions, violations of the page's content security policy, and requests to
 * other servers. A test asserts that there were none. Only one thread may use it.
 */
public final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Stage.DIRECTORY.resolve("screenshots");
  private static final double PATIENCE_MILLIS = 15_000;

  /** Reports every violation to the console, also a violation without a message of its own. */
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

  /** Opens a new browser, without cookies and without a page. */
  public static Browser open(URI server, Device device) {
    return new Browser(server, device);
  }

  /** Lets its pages also send requests to another server, such as the provider of a sign-in. */
  public Browser allow(URI other) {
    allowed.add(other.getAuthority());
    return this;
  }

  /** Goes to a path of the server. */
  public Response go(String path) {
    return page.navigate(server.resolve(path).toString());
  }

  /** The page that the person sees and uses. */
  public Page page() {
    return page;
  }

  /** The cookies, and further pages. */
  public BrowserContext context() {
    return context;
  }

  /** All complaints so far, oldest first. */
  public List<String> complaints() {
    page.evaluate("0"); // earlier events arrive before the answer
    return List.copyOf(complaints);
  }

  /** Forgets the complaints so far. A test calls this after it has checked them. */
  public void forgetComplaints() {
    complaints();
    complaints.clear();
  }

  /** The problems that axe-core finds: rule, impact, place and remedy. It needs JavaScript. */
  public List<String> axe() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
            // one call in the page itself: the pages have no frames, and a second page costs 2 s
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

  /** Saves a picture of the whole page as {@code target/it/screenshots/NAME.png}. */
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
