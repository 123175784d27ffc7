package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import org.junit.jupiter.api.Test;

/** The lists of appliances and of codes. */
@NeedsBrowser
class AppliancesIT {

  private static final Api API = Stage.api();

  private final Customer customer = Customer.pro(API);
  private final String box = "box-" + Customer.unique();

  @Test
  void applianceThatCheckedInIsListedWithItsTenant() {
    String credential = customer.redeem(API, box).text("appliance_credential");
    API.appliance("/check-in", "appliance_credential", credential);
    try (Desk desk = Desk.anna()) {
      desk.go("appliances");
      assertThat(desk.text("h1")).isEqualTo("Last check-ins");
      assertThat(line(desk, box)).contains(Records.company(customer), "moments ago");
      desk.at("tr:has-text('" + box + "') a").click();
      assertThat(desk.text("h1")).startsWith(Records.company(customer));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  void silentApplianceIsListedWithSinceWhen() {
    customer.redeem(API, box);
    Records.silence(customer);
    try (Desk desk = Desk.anna()) {
      desk.go("appliances");
      desk.page().getByText("Silent appliances").click();
      assertThat(line(desk, box)).contains(Records.company(customer), "1 week ago");
      assertThat(desk.at("nav [aria-current=page]").allInnerTexts())
          .containsExactly("Appliances", "Silent appliances");
    }
  }

  @Test
  void codeThatExpiresSoonIsListedMasked() {
    Records.expireSoon(customer);
    String masked = "****" + customer.code().substring(4);
    try (Desk desk = Desk.anna()) {
      desk.go("appliances?show=silent");
      desk.page().getByText("Codes about to expire").click();
      assertThat(line(desk, Records.company(customer))).contains(masked, "from now");
      assertThat(desk.page().content()).doesNotContain(customer.code());
    }
  }

  @Test
  void applianceOfNoKnownTenantIsListedToo() {
    String sub = "sub_" + Customer.unique();
    API.service(
        "/sign", "stripe_sub_id", sub, "customer", "Old", "tier", "pro", "transport", "connected");
    String code = API.service("/claim-codes", "stripe_sub_id", sub).text("code");
    String credential =
        API.appliance("/register", "claim_code", code, "appliance_id", box)
            .text("appliance_credential");
    API.appliance("/check-in", "appliance_credential", credential);
    try (Desk desk = Desk.anna()) {
      desk.go("appliances?show=checked_in");
      assertThat(line(desk, box)).contains("not in the registry");
    }
  }

  @Test
  void applianceThatMayBeTwoIsMarked() {
    String credential = customer.redeem(API, box).text("appliance_credential");
    Records.alternate(credential);
    Customer.pro(API).redeem(API, box);
    try (Desk desk = Desk.anna()) {
      desk.go("appliances");
      assertThat(line(desk, box)).contains("in two places", "id in use elsewhere");
    }
  }

  @Test
  void unknownListIsTheFirstList() {
    try (Desk desk = Desk.anna()) {
      assertThat(desk.go("appliances?show=nonsense").status()).isEqualTo(200);
      assertThat(desk.text("h1")).isEqualTo("Last check-ins");
    }
  }

  private static String line(Desk desk, String text) {
    String line = "tbody tr:has-text('" + text + "')";
    desk.awaitAfterReload(line);
    return desk.text(line);
  }
}
