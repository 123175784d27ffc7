package com.nineminds.alga.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.browser.Device;
import com.nineminds.alga.browser.NeedsBrowser;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.AtOnce;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A form that is sent more than once mints one code, and shows it. */
class ReissueTwiceIT {

  private static final int TIMES = 4;

  private final Customer customer = Customer.essentials(Stage.api());
  private final String question = "/admin/tenant?id=" + customer.tenantId() + "&do=reissue";

  static Stream<Device> devices() {
    return Stream.of(Device.desktop(), Device.desktop().withoutScripts());
  }

  @ParameterizedTest
  @MethodSource("devices")
  @NeedsBrowser
  void doubleClickGivesOneCode(Device device) {
    try (Desk desk = Desk.of("anna", device)) {
      desk.browser().go(question);
      desk.at("#confirm").dblclick();
      assertThatItWorks(desk.text("#code"));
      assertThat(desk.browser().complaints()).isEmpty();
    }
  }

  @Test
  @NeedsBrowser
  void reloadShowsTheSameCode() {
    try (Desk desk = Desk.anna()) {
      desk.browser().go(question);
      desk.at("#confirm").click();
      String code = desk.text("#code");
      desk.page().reload();
      assertThat(desk.text("#code")).isEqualTo(code);
      assertThatItWorks(code);
    }
  }

  @Test
  void sameFormAtOnceGivesOneCode() {
    Console anna = Console.signedIn(Stage.node().base(), "anna");
    Form form = anna.get(question).form("#confirm");
    List<String> shown =
        AtOnce.times(TIMES, i -> anna.send(form).html().expectFirst("#code").text());
    assertThat(new HashSet<>(shown)).hasSize(1);
    assertThatItWorks(shown.get(0));
  }

  @Test
  void usedUpFormShowsNoCode() {
    Console anna = Console.signedIn(Stage.node().base(), "anna");
    Form form = anna.get(question).form("#confirm");
    assertThatItWorks(anna.send(form).html().expectFirst("#code").text());
    Console.Page again = anna.send(form);
    assertThat(again.status()).isLessThan(500);
    assertThat(again.html().select("#code")).isEmpty();
    assertThat(again.html().select("#problem").text()).contains("so nothing was changed");
  }

  /** The customer has this code and its first code, and no other. This code redeems. */
  private void assertThatItWorks(String code) {
    assertThat(Records.codes(customer)).isEqualTo(2);
    Api api = Stage.api();
    Customer caller = new Customer(customer.tenantId(), customer.email(), null, code);
    assertThat(caller.redeem(api, "box").outcome()).isEqualTo("200");
  }
}
