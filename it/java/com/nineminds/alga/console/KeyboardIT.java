package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nineminds.alga.browser.Browser;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console works by keyboard alone. These tests click nothing. */
@NeedsBrowser
class KeyboardIT {

  private static final Api API = Stage.api();
  private static final int MANY = 40;

  private final Customer customer = Customer.pro(API);

  @Test
  void fromTheSignInToAFreshCode() {
    try (Desk desk = new Desk(Browser.open(Stage.node().base(), Device.desktop()))) {
      desk.go("tenants");
      type(desk, "anna");
      tabTo(desk, "#password");
      type(desk, Stage.operatorPassword("anna"));
      press(desk, "Enter");
      desk.page().waitForURL("**/admin/tenants");
      type(desk, Records.company(customer));
      desk.awaitCompanies(List.of(Records.company(customer)));
      tabTo(desk, "#list tbody a");
      press(desk, "Enter");
      tabTo(desk, "#reissue");
      press(desk, "Enter");
      tabTo(desk, "#confirm");
      press(desk, "Enter");
      String code = desk.text("#code");
      assertThat(focus(desk, "e.textContent")).isEqualTo("Copy the code");
      press(desk, "Escape");
      desk.page().waitForURL("**/admin/tenant?id=" + customer.tenantId());
      assertThat(desk.text("section:has(#codes)")).contains("****" + code.substring(4));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void questionKeepsTheFocusUntilItIsAnswered() {
    try (Desk desk = Desk.anna()) {
      desk.go("tenant?id=" + customer.tenantId() + "&do=suspend");
      desk.at("#confirm").waitFor();
      assertThat(focus(desk, "e.textContent")).as("the harmless button").isEqualTo("Back");
      for (int i = 0; i < 6; i++) {
        press(desk, i < 3 ? "Tab" : "Shift+Tab");
        assertThat(focus(desk, "e === document.body || e.closest('dialog') !== null"))
            .isEqualTo(true);
      }
    }
  }

  @Test
  void skipLinkLeadsPastTheNavigation() {
    try (Desk desk = Desk.anna()) {
      desk.go("activity");
      press(desk, "Tab");
      assertThat(focus(desk, "e.className")).isEqualTo("skip");
      assertThat(focus(desk, "e.getBoundingClientRect().left >= 0")).isEqualTo(true);
      press(desk, "Enter");
      assertThat(desk.focused()).isEqualTo("main");
      tabTo(desk, "#event", 1);
    }
  }

  private static void type(Desk desk, String text) {
    desk.page().keyboard().type(text);
  }

  private static void press(Desk desk, String key) {
    desk.page().keyboard().press(key);
  }

  private static void tabTo(Desk desk, String selector) {
    tabTo(desk, selector, MANY);
  }

  /** Presses Tab until the element has the focus. Every element on the way shows its focus. */
  private static void tabTo(Desk desk, String selector, int steps) {
    Page page = desk.page();
    page.locator(selector).waitFor();
    for (int i = 0; i < steps; i++) {
      page.keyboard().press("Tab");
      if (!focus(desk, "e.tagName").equals("BODY")) {
        assertThat(focus(desk, "getComputedStyle(e).outlineStyle"))
            .as("outline of " + focus(desk, "e.outerHTML"))
            .isNotEqualTo("none");
      }
      if (focus(desk, "e.matches(`" + selector + "`)").equals(true)) {
        return;
      }
    }
    throw new AssertionError(
        steps + " times Tab do not lead to " + selector + " but " + focus(desk, "e.outerHTML"));
  }

  /** The value of the JavaScript expression, where {@code e} is the element with the focus. */
  private static Object focus(Desk desk, String script) {
    return desk.page().evaluate("(e => " + script + ")(document.activeElement)");
  }
}
