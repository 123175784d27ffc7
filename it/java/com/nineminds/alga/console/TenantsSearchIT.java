package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** An operator searches and filters the list of tenants. */
@NeedsBrowser
class TenantsSearchIT {

  private static final Api API = Stage.api();

  @Test
  void listFollowsWhatIsTypedAndItsAddressCanBeKept() {
    Customer customer = Customer.pro(API);
    String company = Records.company(customer);
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      assertThat(desk.focused()).isEqualTo("query");
      desk.page().keyboard().type(company);
      desk.awaitCompanies(List.of(company));
      assertThat(desk.focused()).isEqualTo("query");
      assertThat(desk.at("#query").inputValue()).isEqualTo(company);
      assertThat(desk.text("#count")).isEqualTo("Tenants shown: 1");
      String kept = desk.page().url();
      desk.go("overview");
      desk.page().navigate(kept);
      desk.awaitCompanies(List.of(company));
      assertThat(desk.at("#query").inputValue()).isEqualTo(company);
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void whateverIsKnownOfATenantFindsIt() {
    Customer customer = Customer.pro(API);
    String box = "box-" + Customer.unique();
    customer.redeem(API, box);
    String live =
        API.service("/install-codes/reissue", "tenant_id", customer.tenantId())
            .text("install_code");
    List<String> known =
        List.of(
            Records.company(customer).substring(2).toUpperCase(Locale.ROOT),
            customer.email().substring(3),
            customer.tenantId(),
            live.substring(4).toLowerCase(Locale.ROOT),
            "****" + live.substring(4),
            "****" + customer.code().substring(4),
            box.substring(0, 12));
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      for (String typed : known) {
        desk.search(typed);
        desk.awaitTenant(customer.tenantId());
      }
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void filtersNarrowTheListAtOnce() {
    String name = "Filtered " + Customer.unique();
    Records.tenant(name + " a", "essentials", "psa", "registered");
    Records.tenant(name + " b", "pro", "psa", "suspended");
    Records.tenant(name + " c", "pro", "algadesk", "registered");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants?sort=company");
      desk.search(name);
      desk.awaitCompanies(List.of(name + " a", name + " b", name + " c"));
      desk.at("#edition").selectOption("pro");
      desk.awaitCompanies(List.of(name + " b", name + " c"));
      desk.at("#product_code").selectOption("algadesk");
      desk.awaitCompanies(List.of(name + " c"));
      desk.at("#product_code").selectOption("psa");
      desk.awaitCompanies(List.of(name + " b"));
      desk.at("#status").selectOption("suspended");
      desk.page().waitForURL("**&status=suspended&product_code=psa*");
      desk.page().reload();
      desk.awaitCompanies(List.of(name + " b"));
      assertThat(desk.at("#status").inputValue()).isEqualTo("suspended");
      desk.at("#edition").selectOption("essentials");
      desk.at("#list .note").waitFor();
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void searchWithoutResultsSaysSoAndLeadsBack() {
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search("nobody " + Customer.unique());
      desk.at("#list .note").waitFor();
      assertThat(desk.text("#list")).startsWith("No tenant matches.");
      assertThat(desk.text("#count")).isEqualTo("Tenants shown: 0");
      desk.page().getByText("All tenants").click();
      desk.page().waitForURL("**/admin/tenants");
    }
  }

  @Test
  void wrongParametersOfTheAddressAreNamedAndIgnored() {
    try (Desk desk = Desk.anna()) {
      assertThat(desk.go("tenants?edition=gold&sort=up&place=nowhere&query=%07").status())
          .isEqualTo(200);
      assertThat(desk.at("[role=alert]").allInnerTexts())
          .hasSize(4)
          .anyMatch(line -> line.startsWith("edition must be one of essentials, pro, premium"))
          .anyMatch(line -> line.startsWith("place is not a place in this list"));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void searchingWorksWithoutScripts() {
    String name = "Plain " + Customer.unique();
    Records.tenant(name + " a", "essentials", "psa", "registered");
    Records.tenant(name + " b", "pro", "psa", "registered");
    try (Desk desk = Desk.of("anna", Device.desktop().withoutScripts())) {
      desk.go("tenants");
      desk.at("#query").fill(name);
      desk.at("#query").press("Enter");
      desk.awaitCompanies(List.of(name + " b", name + " a"));
      desk.at("#edition").selectOption("essentials");
      desk.at(".filters button").click();
      desk.awaitCompanies(List.of(name + " a"));
    }
  }

  @Test
  void slashLeadsToTheSearch() {
    try (Desk desk = Desk.anna()) {
      desk.go("tenants?query=some");
      desk.at("h1").click();
      assertThat(desk.focused()).isNotEqualTo("query");
      desk.page().keyboard().press("/");
      assertThat(desk.focused()).isEqualTo("query");
      desk.page().keyboard().type("a/b");
      assertThat(desk.at("#query").inputValue()).isEqualTo("a/b");
    }
  }

  @Test
  void endedSessionLeadsToTheSignInAndBack() {
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.browser().context().clearCookies();
      desk.at("#query").fill("some");
      desk.page().waitForURL("**/admin/sign-in?next=*");
      assertThat(desk.at("[name=next]").inputValue()).startsWith("/admin/tenants?query=some");
    }
  }
}
