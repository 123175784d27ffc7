package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks every page and dialog: accessibility, small and wide screens, light and dark colors, and
 * no complaint of the browser. Leaves pictures in {@code target/it/screenshots}.
 */
@NeedsBrowser
class LooksIT {

  private static final Api API = Stage.api();
  private static final Customer CUSTOMER = Customer.pro(API);
  private static final String HERE = "tenant?id=" + CUSTOMER.tenantId();

  private static final Customer DOUBLE = Customer.pro(API);
  private static final String DOUBLES = "tenant?id=" + DOUBLE.tenantId();

  private static final String WIDER =
      "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.className)";

  /** Opens each view, by its name. */
  private static final Map<String, Consumer<Desk>> VIEWS = views();

  /** The views with an error status. The browser complains about that status by itself. */
  private static final Set<String> FAILURES =
      Set.of("no-such-tenant", "no-such-page", "sign-in-wrong");

  private static Map<String, Consumer<Desk>> views() {
    Map<String, Consumer<Desk>> views = new LinkedHashMap<>();
    for (String page : List.of("overview", "tenants", "activity")) {
      views.put(page, desk -> desk.go(page));
    }
    for (String list : List.of("checked_in", "silent", "refused", "expiring_codes")) {
      views.put("appliances-" + list, desk -> desk.go("appliances?show=" + list));
    }
    views.put("tenants-none", desk -> desk.go("tenants?query=nobody-at-all"));
    views.put("tenants-ignored", desk -> desk.go("tenants?edition=gold"));
    views.put("no-such-tenant", desk -> desk.go("tenant?id=nonsense"));
    views.put("no-such-page", desk -> desk.go("nothing"));
    views.put("tenant", desk -> desk.go(HERE));
    for (String verb : List.of("reissue", "cancel")) {
      views.put("ask-" + verb, desk -> desk.go(HERE + "&do=" + verb));
    }
    views.put("ask-revoke-code", desk -> ask(desk, "a[href*='do=revoke_code']"));
    views.put("ask-revoke-appliance", desk -> ask(desk, "a[href*='do=revoke_appliance']"));
    views.put("fresh-code", LooksIT::reissue);
    views.put("stale", LooksIT::comeTooLate);
    views.put("sign-in-wrong", LooksIT::signInWrongly);
    views.put("doubles", desk -> desk.go(DOUBLES));
    views.put("done", desk -> desk.go(HERE + "&done=resume"));
    return views;
  }

  @BeforeAll
  static void fill() {
    String credential =
        CUSTOMER.redeem(API, "box-" + Customer.unique()).text("appliance_credential");
    API.appliance("/check-in", "appliance_credential", credential);
    freshCode();
    String box = "box-" + Customer.unique();
    Records.alternate(DOUBLE.redeem(API, box).text("appliance_credential"));
    Customer.pro(API).redeem(API, box);
    Customer silent = Customer.pro(API);
    silent.redeem(API, "box-" + Customer.unique());
    Records.silence(silent);
    Records.expireSoon(Customer.essentials(API));
    Records.refuse(Customer.pro(API));
    Records.tenants("Übergröße & Söhne Überlandwerke " + Customer.unique(), 60);
  }

  @Test
  void everyPageInLightOnADesktopAndItsTitle() {
    Map<String, String> titles = look(Device.desktop(), VIEWS.keySet());
    titles
        .keySet()
        .removeIf(name -> name.matches("(ask|tenants)-.*|fresh-code|stale|done|doubles"));
    assertThat(titles.values())
        .doesNotHaveDuplicates()
        .hasSize(11)
        .allMatch(title -> title.endsWith(" · Alga License"));
  }

  @Test
  void pagesOnAPhone() {
    look(
        Device.phone(),
        List.of(
            "overview",
            "doubles",
            "tenants",
            "appliances-silent",
            "appliances-refused",
            "ask-cancel",
            "sign-in-wrong"));
  }

  @Test
  void pagesOnAPhoneInTheDark() {
    look(
        Device.phone().dark(),
        List.of(
            "tenant",
            "doubles",
            "appliances-checked_in",
            "activity",
            "fresh-code",
            "tenants-none"));
  }

  @Test
  void pagesOnAWideScreenInTheDark() {
    look(Device.wide().dark(), List.of("overview", "tenant", "doubles", "stale", "done"));
  }

  /** Looks at the named views. Returns their titles. */
  private static Map<String, String> look(Device device, Iterable<String> names) {
    Map<String, String> titles = new LinkedHashMap<>();
    List<String> flaws = new ArrayList<>();
    try (Desk desk = Desk.of("anna", device)) {
      for (String name : names) {
        VIEWS.get(name).accept(desk);
        titles.put(name, desk.page().title());
        if (FAILURES.contains(name)) {
          desk.browser().forgetComplaints();
        }
        desk.browser()
            .screenshot("looks-%s-%d-%s".formatted(name, device.width(), device.colors()));
        desk.browser().axe().forEach(flaw -> flaws.add(name + ": " + flaw));
        for (Object wide : wider(desk, device.mobile() ? "html, .scroll" : "html")) {
          flaws.add(name + " scrolls sideways: " + wide);
        }
        desk.browser().complaints().forEach(flaw -> flaws.add(name + ": " + flaw));
        desk.browser().forgetComplaints();
      }
    }
    assertThat(flaws).isEmpty();
    return titles;
  }

  private static List<?> wider(Desk desk, String selector) {
    return (List<?>) desk.at(selector).evaluateAll(WIDER);
  }

  private static void ask(Desk desk, String button) {
    desk.go(HERE);
    desk.at(button).first().click();
    desk.at("#confirm").waitFor();
  }

  private static void reissue(Desk desk) {
    desk.go(HERE + "&do=reissue");
    desk.at("#confirm").click();
    desk.at("#code").waitFor();
  }

  private static void comeTooLate(Desk desk) {
    desk.go(HERE + "&do=reissue");
    freshCode();
    desk.at("#confirm").click();
    desk.at("#problem").waitFor();
  }

  private static void signInWrongly(Desk desk) {
    List<Cookie> session = desk.browser().context().cookies();
    desk.browser().context().clearCookies();
    desk.go("sign-in");
    desk.at("#name").fill("nobody");
    desk.at("#password").fill("no password");
    desk.at("#go").click();
    desk.at("#problem").waitFor();
    desk.browser().context().addCookies(session);
  }

  private static void freshCode() {
    API.service("/install-codes/reissue", "tenant_id", CUSTOMER.tenantId());
  }
}
