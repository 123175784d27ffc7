package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Await;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a tenant shows everything that belongs to the tenant. */
@NeedsBrowser
class TenantPageIT {

  private static final Api API = Stage.api();

  @Test
  void everythingOfATenantIsOnItsPage() {
    Customer customer = Customer.pro(API);
    String box = "box-" + Customer.unique();
    String credential = customer.redeem(API, box).text("appliance_credential");
    String replaced = freshCode(customer);
    String live = freshCode(customer);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.text("h1")).startsWith(Records.company(customer)).endsWith("installed");
      assertThat(desk.text("section[aria-labelledby=identity]"))
          .contains(customer.tenantId(), "Pro", "PSA, appliance", customer.email());
      assertThat(desk.text("section[aria-labelledby=entitlement]"))
          .contains("active", "25", "connected", customer.stripeSubId(), "lic_");
      assertThat(rows(desk, "codes"))
          .satisfiesExactly(
              row -> assertThat(row).contains("****" + live.substring(4), "live", "Revoke"),
              row -> assertThat(row).contains("****" + replaced.substring(4), "replaced"),
              row -> assertThat(row).contains("****" + customer.code().substring(4), "used", box));
      assertThat(rows(desk, "machines"))
          .singleElement()
          .asString()
          .contains(box, "registered", "never");
      API.appliance("/check-in", "appliance_credential", credential);
      desk.page().reload();
      assertThat(rows(desk, "machines").get(0)).contains(box).doesNotContain("never");
      assertThat(desk.text("h1")).endsWith("active");
      assertThat(rows(desk, "history").get(0)).contains("First check-in", "appliance");
      assertThat(rows(desk, "history"))
          .last()
          .asString()
          .contains("Tenant registered", "storefront");
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void freeTenantWithAnExpiredCodeIsShownToo() {
    Customer customer = Customer.essentials(API);
    Records.expire(customer);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(rows(desk, "codes")).singleElement().asString().contains("expired", "1 day ago");
      assertThat(desk.text("section[aria-labelledby=entitlement]")).contains("free edition");
      assertThat(desk.text("main")).contains("No licensed appliance was installed yet.");
    }
  }

  @Test
  void timesAreInWordsAndExactlyInTheOperatorsZone() {
    Customer customer = Customer.essentials(API);
    OffsetDateTime registered =
        Stage.sql()
            .one(
                OffsetDateTime.class,
                "SELECT registered_at FROM tenant_registry WHERE tenant_id = ?",
                UUID.fromString(customer.tenantId()));
    String exactly =
        DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss z", Locale.ENGLISH)
            .withZone(ZoneId.of("Asia/Tokyo"))
            .format(registered);
    try (Desk desk = Desk.of("anna", Device.desktop().in("Asia/Tokyo"))) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.at("#identity + dl time").getAttribute("title"))
          .isEqualTo(exactly)
          .endsWith("JST");
      assertThat(desk.text("#identity + dl time")).isEqualTo("moments ago");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?id=00000000-0000-4000-8000-000000000000",
        "?id=nonsense",
        "?id=%27%3B--",
        "?id=",
        ""
      })
  void idThatIsNoTenantsIs404(String parameters) {
    Console.Page page =
        Console.signedIn(Stage.node().base(), "anna").get("/admin/tenant" + parameters);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.html().select("h1").text()).isEqualTo("There is no such tenant");
    assertThat(page.html().select("main a").attr("href")).isEqualTo("/admin/tenants");
  }

  @Test
  void noPageShowsAWholeCode() {
    Customer customer = Customer.pro(API);
    String live = freshCode(customer);
    Records.expireSoon(customer);
    Console anna = Console.signedIn(Stage.node().base(), "anna");
    String here = "/admin/tenant?id=" + customer.tenantId();
    String expiring = "/admin/appliances?show=expiring_codes";
    Await.until(
        Desk.UNTIL_NEW_FIGURES,
        () -> anna.get(expiring).body().contains(customer.tenantId()),
        () -> customer.tenantId() + " is not at " + expiring);
    for (String page :
        List.of(
            here,
            here + "&do=reissue",
            "/admin/tenants?query=" + customer.tenantId(),
            "/admin/tenants.csv?query=" + customer.tenantId(),
            expiring,
            "/admin/activity")) {
      assertThat(anna.get(page).body())
          .as(page)
          .containsAnyOf(customer.tenantId(), live.substring(4))
          .doesNotContain(live, customer.code());
    }
  }

  private static String freshCode(Customer customer) {
    return API.service("/install-codes/reissue", "tenant_id", customer.tenantId())
        .text("install_code");
  }

  private static List<String> rows(Desk desk, String list) {
    return desk.at("section:has(#" + list + ") tbody tr").allInnerTexts();
  }
}
