package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Customer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of tenants has an order and pages. */
@NeedsBrowser
class TenantsPageIT {

  @Test
  void listIsSortedByCompanyAndByRegistrationBothWays() {
    String name = "Sorted " + Customer.unique();
    for (String last : List.of("Beta", "alpha", "Gamma")) {
      Records.tenant(name + " " + last, "essentials", "psa", "registered");
    }
    List<String> byCompany = List.of(name + " alpha", name + " Beta", name + " Gamma");
    List<String> oldest = List.of(name + " Beta", name + " alpha", name + " Gamma");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search(name);
      desk.awaitCompanies(reversed(oldest));
      desk.at("th a[href*='sort=company']").click();
      desk.awaitCompanies(byCompany);
      assertThat(desk.at("th[aria-sort=ascending]").innerText()).isEqualTo("Company");
      desk.at("th a[href*='sort=company_desc']").click();
      desk.awaitCompanies(reversed(byCompany));
      assertThat(desk.at("th[aria-sort=descending]").innerText()).isEqualTo("Company");
      desk.at("th a[href*='sort=newest']").click();
      desk.awaitCompanies(reversed(oldest));
      desk.at("th a[href*='sort=oldest']").click();
      desk.awaitCompanies(oldest);
      assertThat(desk.at("th[aria-sort=ascending]").innerText()).isEqualTo("Registered");
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void searchingKeepsTheOrder() {
    String name = "Kept " + Customer.unique();
    Records.tenant(name + " b", "essentials", "psa", "registered");
    Records.tenant(name + " a", "essentials", "psa", "registered");
    Records.tenant(name + " c", "essentials", "psa", "registered");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants?sort=company");
      desk.search(name);
      desk.awaitCompanies(List.of(name + " a", name + " b", name + " c"));
    }
  }

  @Test
  void pagesFollowEachOtherForwardAndBack() {
    String name = "Paged " + Customer.unique();
    Records.tenants(name, 120);
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search(name);
      desk.awaitCompanies(numbered(name, 120, 71));
      assertThat(desk.at("#previous").count()).isZero();
      desk.at("#next").click();
      desk.awaitCompanies(numbered(name, 70, 21));
      desk.at("#next").click();
      desk.awaitCompanies(numbered(name, 20, 1));
      assertThat(desk.at("#next").count()).isZero();
      desk.page().goBack();
      desk.awaitCompanies(numbered(name, 70, 21));
      desk.at("#previous").click();
      desk.awaitCompanies(numbered(name, 120, 71));
      desk.page().goBack();
      desk.page().goBack();
      desk.awaitCompanies(numbered(name, 120, 71));
      assertThat(desk.at("#query").inputValue()).isEqualTo(name);
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void backFromATenantIsTheListAsItWas() {
    String name = "Left " + Customer.unique();
    Records.tenant(name, "essentials", "psa", "registered");
    try (Desk desk = Desk.anna()) {
      desk.go("tenants");
      desk.search(name);
      desk.awaitCompanies(List.of(name));
      desk.at("#list tbody th a").click();
      assertThat(desk.text("h1")).startsWith(name);
      desk.page().goBack();
      desk.awaitCompanies(List.of(name));
      assertThat(desk.at("#query").inputValue()).isEqualTo(name);
    }
  }

  private static List<String> numbered(String name, int from, int to) {
    return IntStream.rangeClosed(to, from)
        .mapToObj(n -> "%s %04d".formatted(name, from + to - n))
        .toList();
  }

  private static List<String> reversed(List<String> names) {
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    return reversed;
  }
}
