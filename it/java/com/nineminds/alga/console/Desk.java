package com.nineminds.alga.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An operator who is signed in, at a browser of their own. */
record Desk(Browser browser) implements AutoCloseable {

  private static final URI BASE = Stage.node().base();

  /** Figures are up to a minute old, and taking them takes a while on a busy machine. */
  static final Duration UNTIL_NEW_FIGURES = Duration.ofMinutes(2);

  private static final double PATIENCE_MILLIS = 15_000;

  /** Cookies by operator: a password is hashed slowly, so each signs in once. */
  private static final Map<String, Map<String, String>> SESSIONS = new ConcurrentHashMap<>();

  /** One of {@code anna} and {@code boris}. */
  static Desk of(String operator, Device device) {
    Browser browser = Browser.open(BASE, device);
    List<Cookie> cookies =
        SESSIONS
            .computeIfAbsent(operator, name -> Console.signedIn(BASE, name).cookies())
            .entrySet()
            .stream()
            .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue()).setUrl(BASE.toString()))
            .toList();
    browser.go("/admin/sign-in"); // tells the server this browser's zone
    browser.context().addCookies(cookies);
    return new Desk(browser);
  }

  static Desk anna() {
    return of("anna", Device.desktop());
  }

  static Desk boris() {
    return of("boris", Device.desktop());
  }

  Page page() {
    return browser.page();
  }

  /** Goes to a page of the console: what follows {@code /admin/}. */
  Response go(String path) {
    return browser.go("/admin/" + path);
  }

  /** Goes to a tenant's page. */
  Response goToTenant(String tenantId) {
    return go("tenant?id=" + tenantId);
  }

  /** What the CSS selector finds. */
  Locator at(String selector) {
    return page().locator(selector);
  }

  /** The text that the CSS selector finds, without the space around it. */
  String text(String selector) {
    return at(selector).innerText().strip();
  }

  /** Searches the list of tenants: only types, and waits until the page's address says so. */
  void search(String typed) {
    at("#query").fill(typed);
    page().waitForURL(url -> url.contains("query=" + encoded(typed) + "&"));
  }

  /** Waits until the list of tenants shows exactly these companies. */
  void awaitCompanies(List<String> names) {
    PlaywrightAssertions.assertThat(at("#list tbody th a"))
        .hasText(names.toArray(String[]::new), new HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  /** Waits until the list of tenants shows this one, perhaps among others. */
  void awaitTenant(String tenantId) {
    at("#list a[href='/admin/tenant?id=" + tenantId + "']").waitFor();
  }

  /**
   * Reloads the page until there is what the CSS selector finds: figures are taken now and then.
   */
  void awaitAfterReload(String selector) {
    Await.until(
        UNTIL_NEW_FIGURES,
        () -> {
          boolean there = at(selector).count() > 0;
          if (!there) {
            page().reload();
          }
          return there;
        },
        () -> "no " + selector + " at " + page().url());
  }

  /** The id of the element that has the focus; empty where it has none. */
  String focused() {
    return (String) page().evaluate("document.activeElement.id");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    browser.close();
  }
}
