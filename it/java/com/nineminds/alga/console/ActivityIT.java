package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the latest events. */
@NeedsBrowser
class ActivityIT {

  private static final Api API = Stage.api();

  private final Customer customer = Customer.pro(API);
  private final String company = Records.company(customer);

  @Test
  void latestEventsAreListedWithWhoseAndWhoseDoing() {
    try (Desk desk = Desk.anna()) {
      desk.go("activity");
      assertThat(desk.at("tr:has-text('" + company + "')").allInnerTexts())
          .anyMatch(line -> line.contains("Tenant registered") && line.contains("storefront"))
          .anyMatch(line -> line.contains("****" + customer.code().substring(4)));
      desk.at("tr:has-text('" + company + "') a").first().click();
      assertThat(desk.text("h1")).startsWith(company);
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void eventsOfOneKindAreListedAtOnce() {
    String box = "box-" + Customer.unique();
    customer.redeem(API, box);
    try (Desk desk = Desk.anna()) {
      desk.go("activity");
      desk.at("#event").selectOption("code_redeemed");
      desk.page().waitForURL("**/admin/activity?event=code_redeemed");
      assertThat(desk.at("#list td:nth-child(2)").allInnerTexts())
          .isNotEmpty()
          .allMatch("Code redeemed"::equals);
      assertThat(desk.text("#list")).contains(box);
      desk.page().reload();
      assertThat(desk.at("#event").inputValue()).isEqualTo("code_redeemed");
      assertThat(desk.text("#list")).contains(box);
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void filterWorksWithoutScripts() {
    try (Desk desk = Desk.of("anna", Device.desktop().withoutScripts())) {
      desk.go("activity");
      desk.at("#event").selectOption("tenant_registered");
      desk.at(".filters button").click();
      desk.page().waitForURL("**/admin/activity?event=tenant_registered");
      assertThat(desk.text("#list")).contains(company).doesNotContain("Code minted");
    }
  }

  @Test
  void olderEventsFollow() {
    Records.history(customer, "tenant_upgraded", 120);
    List<String> seen = new ArrayList<>();
    try (Desk desk = Desk.anna()) {
      desk.go("activity?event=tenant_upgraded");
      for (int page = 0; page < 3; page++) {
        if (page > 0) {
          desk.at("#next").click();
          desk.page().waitForURL("**&before=*");
        }
        seen.addAll(desk.at("tr:has-text('" + company + "') td:nth-child(3)").allInnerTexts());
      }
      assertThat(seen).hasSize(120).startsWith("nth-120").endsWith("nth-1");
      assertThat(new HashSet<>(seen)).hasSize(120);
    }
  }

  @Test
  void tenantsOwnHistoryGoesOnToo() {
    Records.history(customer, "entitlement_changed", 50);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.text("section:has(#history)")).doesNotContain("Tenant registered");
      desk.page().getByText("Older").click();
      desk.page().waitForURL("**&before=*");
      assertThat(desk.text("section:has(#history)")).contains("Tenant registered");
    }
  }

  @Test
  void nonsenseInTheAddressIsIgnored() {
    try (Desk desk = Desk.anna()) {
      assertThat(desk.go("activity?event=nothing&before=x").status()).isEqualTo(200);
      assertThat(desk.text("#list")).contains(company);
    }
  }
}
