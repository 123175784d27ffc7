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

/** A signed-in operator at their own browser. */
record Desk(Browser browser) implements AutoCloseable {

  private static final URI BASE = Stage.node().base();

  /** Figures are up to a minute old, and a busy machine needs time to take them. */
  static final Duration UNTIL_NEW_FIGURES = Duration.ofMinutes(2);

  private static final double PATIENCE_MILLIS = 15_000;

  /** The cookies of each operator. A password is hashed slowly, so each operator signs in once. */
  private static final Map<String, Map<String, String>> SESSIONS = new ConcurrentHashMap<>();

  /** The desk of {@code anna} or {@code boris}. */
  static Desk of(String operator, Device device) {
    Browser browser = Browser.open(BASE, device);
    List<Cookie> cookies =
        SESSIONS
            .computeIfAbsent(operator, name -> Console.signedIn(BASE, name).cookies())
            .entrySet()
            .stream()
            .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue()).setUrl(BASE.toString()))
            .toList();
    browser.go("/admin/sign-in"); // tells the server the browser's time zone
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

  /** Goes to a page of the console. {@code path} follows {@code /admin/} in the address. */
  Response go(String path) {
    return browser.go("/admin/" + path);
  }

  /** Goes to the page of a tenant. */
  Response goToTenant(String tenantId) {
    return go("tenant?id=" + tenantId);
  }

  /** The elements that match the CSS selector. */
  Locator at(String selector) {
    return page().locator(selector);
  }

  /** The text of the element that matches the CSS selector, without surrounding space. */
  String text(String selector) {
    return at(selector).innerText().strip();
  }

  /** Types a search in the list of tenants. Waits until the page's address has the text. */
  void search(String typed) {
    at("#query").fill(typed);
    page().waitForURL(url -> url.contains("query=" + encoded(typed) + "&"));
  }

  /** Waits until the list of tenants shows exactly these companies. */
  void awaitCompanies(List<String> names) {
    PlaywrightAssertions.assertThat(at("#list tbody th a"))
        .hasText(names.toArray(String[]::new), new HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  /** Waits until the list of tenants shows this tenant, with or without others. */
  void awaitTenant(String tenantId) {
    at("#list a[href='/admin/tenant?id=" + tenantId + "']").waitFor();
  }

  /** Reloads the page until the CSS selector finds an element. Figures are not always new. */
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

  /** The id of the element that has the focus; empty if that element has no id. */
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
