package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import org.junit.jupiter.api.Test;

/** The console marks a machine that may be two, or that has the id of another machine. */
@NeedsBrowser
class DoublesIT {

  private static final Api API = Stage.api();

  private final Customer customer = Customer.pro(API);
  private final Customer other = Customer.pro(API);
  private final String box = "box-" + Customer.unique();

  @Test
  void credentialOfTwoMachinesIsMarkedAndExplained() {
    Records.alternate(customer.redeem(API, box).text("appliance_credential"));
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.text("section:has(#machines) tbody tr")).contains(box, "in two places");
      assertThat(desk.text(".double"))
          .contains(box, "127.0.0.11", "127.0.0.12", "moments ago", "No check-in was refused");
      assertThat(desk.text("section:has(#history) tbody tr:has-text('two networks')"))
          .contains(box, "127.0.0.12", "127.0.0.11");
      desk.at(".double a").click();
      assertThat(desk.at("#event").inputValue()).isEqualTo("credential_alternates");
      assertThat(desk.text("#list")).contains(box, Records.company(customer));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void idOfTwoTenantsIsMarkedOnBothPagesAndLeadsToTheOther() {
    customer.redeem(API, box);
    other.redeem(API, box);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.text("section:has(#machines) tbody tr")).contains("id in use elsewhere");
      assertThat(desk.text(".double"))
          .contains(Records.company(other), "last check-in never", "neither can replace the other");
      desk.at(".double a").first().click();
      assertThat(desk.text("h1")).startsWith(Records.company(other));
      assertThat(desk.text(".double")).contains(box, Records.company(customer));
      assertThat(desk.text("section:has(#history)"))
          .contains("Appliance id also used by another tenant");
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void machineThatIsOneIsNotMarked() {
    customer.redeem(API, box);
    try (Desk desk = Desk.anna()) {
      desk.goToTenant(customer.tenantId());
      assertThat(desk.text("section:has(#machines) tbody tr")).contains(box);
      assertThat(desk.at(".double, .badge.shared, .badge.alternating").count()).isZero();
    }
  }
}
