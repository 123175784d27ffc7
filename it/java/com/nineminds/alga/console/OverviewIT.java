package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first page shows the state of the service, and leads to the lists behind its numbers. */
@NeedsBrowser
class OverviewIT {

  private static final Api API = Stage.api();

  private final Customer customer = Customer.pro(API);
  private final String box = "box-" + Customer.unique();

  @Test
  void numbersGrowWithWhatHappens() {
    List<String> growing = List.of("#registrations", "#installs", "#checkins", "#never");
    try (Desk desk = Desk.anna()) {
      desk.go("overview");
      List<Integer> before = growing.stream().map(number -> number(desk, number)).toList();
      Customer.essentials(API);
      checkIn(customer.redeem(API, box).text("appliance_credential"));
      Customer.essentials(API);
      for (int i = 0; i < growing.size(); i++) {
        awaitMore(desk, growing.get(i), before.get(i));
      }
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void numbersOfWhatNeedsCareGrowToo() {
    try (Desk desk = Desk.anna()) {
      desk.go("overview");
      int silent = number(desk, "#silent");
      int expiring = number(desk, "#expiring");
      customer.redeem(API, box);
      Records.silence(customer);
      Records.expireSoon(Customer.essentials(API));
      awaitMore(desk, "#silent", silent);
      awaitMore(desk, "#expiring", expiring);
    }
  }

  @Test
  void everyNumberLeadsToTheListBehindIt() {
    Customer installed = Customer.pro(API);
    checkIn(installed.redeem(API, box).text("appliance_credential"));
    Customer silent = Customer.pro(API);
    silent.redeem(API, "silent-" + box);
    Records.silence(silent);
    Customer waiting = Customer.essentials(API);
    Records.registerLongAgo(waiting);
    Customer late = Customer.essentials(API);
    Records.expireSoon(late);
    Customer refused = Customer.pro(API);
    Records.refuse(refused);
    try (Desk desk = Desk.anna()) {
      leads(desk, "#registrations", "/admin/tenants", late);
      leads(desk, "#installs", "/admin/activity?event=code_redeemed", silent);
      leads(desk, "#checkins", "/admin/appliances?show=checked_in", installed);
      leads(desk, "#silent", "/admin/appliances?show=silent", silent);
      leads(desk, "#refused", "/admin/appliances?show=refused", refused);
      leads(desk, "#never", "/admin/tenants?status=registered&sort=oldest", waiting);
      leads(desk, "#expiring", "/admin/appliances?show=expiring_codes", late);
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void chartsAreDrawnAndSayWhatTheyAre() {
    try (Desk desk = Desk.anna()) {
      desk.go("overview");
      desk.at("[role=img] canvas").first().waitFor();
      assertThat(desk.at("[role=img] canvas").count()).isEqualTo(3);
      assertThat(desk.at("[role=img]").evaluateAll("all => all.map(one => one.ariaLabel)"))
          .asString()
          .contains("Registrations by day", "Installs by day", "last check-in");
      assertThat(
              (Boolean)
                  desk.at("[role=img] canvas")
                      .first()
                      .evaluate(
                          "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                              + ".some(byte => byte > 0)"))
          .as("the chart shows this customer's registration")
          .isTrue();
    }
  }

  private static void leads(Desk desk, String number, String address, Customer shown) {
    desk.go("overview");
    desk.awaitAfterReload(number);
    desk.at(number).click();
    desk.page().waitForURL(url -> url.endsWith(address));
    desk.awaitAfterReload("a[href='/admin/tenant?id=%s']".formatted(shown.tenantId()));
  }

  private static int number(Desk desk, String link) {
    return Integer.parseInt(desk.text("section:has(" + link + ") .number"));
  }

  private static void awaitMore(Desk desk, String link, int before) {
    Await.until(
        Desk.UNTIL_NEW_FIGURES,
        () -> {
          desk.page().reload();
          return number(desk, link) > before;
        },
        () -> link + " is still " + before);
  }

  private static void checkIn(String credential) {
    API.appliance("/check-in", "appliance_credential", credential);
  }
}
